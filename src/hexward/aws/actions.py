"""The IAM action that permits an API call, where the two have different names.

Sources: the *Actions, resources, and condition keys* pages of the Service Authorization Reference,
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html for most of them.
"""

PREFIXES = {
    "accessanalyzer": "access-analyzer",
    "bedrock-agent": "bedrock",
    "bedrock-agentcore-control": "bedrock-agentcore",
    "elbv2": "elasticloadbalancing",
    "opensearch": "es",
    "opensearchserverless": "aoss",
    "s3control": "s3",
}
"""The IAM prefix of a botocore client, where it is not the client's own name."""

ACTIONS = {
    "budgets:DescribeBudgets": "budgets:ViewBudget",
    "budgets:DescribeNotificationsForBudget": "budgets:ViewBudget",
    "accessanalyzer:ListFindingsV2": "access-analyzer:ListFindings",
    # API Gateway's actions are the methods of HTTP.
    "apigateway:GetResources": "apigateway:GET",
    "apigateway:GetRestApis": "apigateway:GET",
    "apigateway:GetStages": "apigateway:GET",
    "apigatewayv2:GetApis": "apigateway:GET",
    "apigatewayv2:GetIntegrations": "apigateway:GET",
    "apigatewayv2:GetRoutes": "apigateway:GET",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
    "sts:GetCallerIdentity": "",
}
"""Calls whose action is named otherwise; an empty text means that the call needs no permission."""


def action_of(call: str) -> str:
    """Return the IAM action of a call such as `s3:ListBuckets`, or an empty text if it needs none."""
    if call in ACTIONS:
        return ACTIONS[call]
    client, _, operation = call.partition(":")
    return f"{PREFIXES.get(client, client)}:{operation}"
