"""The fields that Hexward adds to an event, below `hexward.`, so that every engine judges behaviour by the same words."""

from collections.abc import Mapping

PLAIN_FIELDS: Mapping[str, str] = {
    "hexward.principal": "who acted: the ARN of the user, or of the role without its session; else the service or the address",
    "hexward.principal_kind": "root, user, human (a role's session of a person), machine (one of a workload), role, service, anonymous",
    "hexward.platform": "the compute service that AWS says the credentials were issued to: ec2, lambda, sagemaker",
    "hexward.source": "where the call came from: aws (a service), endpoint (a VPC endpoint), private or internet (an address)",
    "hexward.network": "whose address the call came from: /24 (IPv6: /48), or with files of networks an ASN and country or AWS's region",
    "hexward.long_term_key": "whether the access key is one that never expires (AKIA…)",
    "hexward.other_accounts": "accounts that the request names besides the account itself, by number, or in grants of S3 by canonical id",
    "hexward.everyone": "whether the request opens something to everyone: a principal `*`, the group `all`, a range such as 0.0.0.0/0",
    "hexward.other_registries": "registries of SageMaker's images that are neither its own nor AWS's: account ids, or hosts outside ECR",
    "hexward.model": "the model that a call of Bedrock names, also where its refusal alone tells",
    "hexward.grants_all": "whether a policy allows on everything all actions, those of IAM that lead to all, or all but some",
    "hexward.open_providers": "identity providers that the trust policy of the request lets vouch for anybody",
    "hexward.ports_open_to_everyone": "ports of administration, data and AI services that the request opens to everyone: 22, 11434, …",
    "hexward.selected_events": "what the request has a trail keep: management (or its _reads, _writes, _in_part), data, network",
    "hexward.copied_key": "the object that a call of S3 copies to another place",
    "hexward.bucket_account": "whose bucket the call of S3 is about, where it is another account's and the record tells it",
}
"""What follows from the event alone."""

COUNTRY_FIELDS: Mapping[str, str] = {
    "hexward.country": "the country of the address that the call came from, as ISO 3166 writes it: DE",
}
"""What follows from a database of countries."""

ASSET_FIELDS: Mapping[str, str] = {
    "hexward.asset": "what an audit knows the bucket as, one or several of: training_data, model_artifacts, input, output",
    "hexward.copied_asset": "what an audit knows the bucket as that a call of S3 copies an object from",
    "hexward.stage": "the stages of a model's life that the role works at, of: develop, process, train, infer",
}
"""What follows from a saved audit."""

BASELINE: Mapping[str, str] = {
    "hexward.mature": "whether the principal has been seen often and long enough to say what is usual of it",
    "hexward.network_new": "whether the mature principal was never seen from this network",
    "hexward.key_network_new": "whether the access key was never seen from this network",
    "hexward.hour_unusual": "whether the principal hardly ever acts at this hour of the week",
    "hexward.action_new": "whether the mature principal never made this call",
    "hexward.region_new": "whether the account was never active in this region",
    "hexward.times_usual": "which part of the principal's usual hour the event is, in bytes read or else in events",
}
"""What follows from a baseline."""

BASELINE_FIELDS = frozenset(BASELINE)
FIELDS: Mapping[str, str] = {**PLAIN_FIELDS, **COUNTRY_FIELDS, **ASSET_FIELDS, **BASELINE}
"""All of them, with what each tells."""
