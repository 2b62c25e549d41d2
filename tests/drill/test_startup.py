"""The start-up's account holds what its story says, good and bad, as plain reads of the emulator see it."""

import json
from collections.abc import Iterator

import pytest

from hexward.aws.emulated import Emulated
from hexward.drill.range import RangeError, emulated_account
from hexward.drill.startup import build

pytestmark = pytest.mark.emulator

US, OREGON, IRELAND, SINGAPORE = "us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"


@pytest.fixture(scope="module")
def emulated() -> Iterator[Emulated]:
    with emulated_account() as running:
        account = Emulated(running.endpoint_url)
        build(account)
        yield account


@pytest.fixture(scope="module")
def iam(emulated):
    return emulated.client("iam", US)


def attached(iam, role):
    return {policy["PolicyName"] for policy in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]}


def bucket_key(emulated, region, bucket):
    """Give the key that encrypts a bucket as its id or alias, or the algorithm where S3 holds the key."""
    answer = emulated.client("s3", region).get_bucket_encryption(Bucket=bucket)
    (rule,) = answer["ServerSideEncryptionConfiguration"]["Rules"]
    default = rule["ApplyServerSideEncryptionByDefault"]
    return default.get("KMSMasterKeyID", default["SSEAlgorithm"])


def test_the_contractor_is_a_power_user_with_a_password_two_keys_and_no_second_factor(iam):
    (policy,) = iam.list_attached_user_policies(UserName="dana.contractor")["AttachedPolicies"]
    assert policy["PolicyName"] == "PowerUserAccess"
    assert iam.get_login_profile(UserName="dana.contractor")["LoginProfile"]
    assert iam.list_mfa_devices(UserName="dana.contractor")["MFADevices"] == []
    assert [key["Status"] for key in iam.list_access_keys(UserName="dana.contractor")["AccessKeyMetadata"]] == [
        "Active"
    ] * 2


def test_the_founders_have_a_second_factor(iam):
    assert len(iam.list_mfa_devices(UserName="marco.cto")["MFADevices"]) == 1


def test_a_notebook_runs_as_a_temporary_administrator(emulated, iam):
    notebook = emulated.client("sagemaker", US).describe_notebook_instance(NotebookInstanceName="experiments")
    assert notebook["RoleArn"].endswith(":role/notebook-experiments")
    assert notebook["DirectInternetAccess"] == notebook["RootAccess"] == "Enabled"
    assert attached(iam, "notebook-experiments") == {"AdministratorAccess"}
    tags = iam.get_role(RoleName="notebook-experiments")["Role"]["Tags"]
    assert {"Key": "temporary", "Value": "true"} in tags


def test_one_wildcard_role_runs_every_stage(emulated, iam):
    sagemaker, functions = emulated.client("sagemaker", US), emulated.client("lambda", US)
    roles = {
        sagemaker.describe_notebook_instance(NotebookInstanceName="data-preparation")["RoleArn"],
        sagemaker.describe_training_job(TrainingJobName="support-chat-7")["RoleArn"],
        sagemaker.describe_processing_job(ProcessingJobName="anonymise-conversations")["RoleArn"],
        sagemaker.describe_model(ModelName="support-chat-7")["ExecutionRoleArn"],
        functions.get_function_configuration(FunctionName="chat-inference")["Role"],
    }
    assert roles == {"arn:aws:iam::123456789012:role/ml-execution"}
    arn = "arn:aws:iam::123456789012:policy/ml-everything"
    (statement,) = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"]["Statement"]
    assert (statement["Action"], statement["Resource"]) == ("*", "*")


def test_the_roles_in_ireland_are_bounded_and_for_this_account_alone(iam):
    role = iam.get_role(RoleName="eu-training")["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"].endswith(":policy/workload-boundary")
    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    (shared,) = iam.get_role(RoleName="ml-execution")["Role"]["AssumeRolePolicyDocument"]["Statement"]
    assert "Condition" not in shared


def test_training_data_is_under_the_customers_key_in_ireland_alone(emulated):
    assert bucket_key(emulated, US, "brightwell-training-conversations") == "alias/aws/s3"
    assert bucket_key(emulated, US, "brightwell-model-artifacts") == "AES256"
    kms = emulated.client("kms", IRELAND)
    key = bucket_key(emulated, IRELAND, "brightwell-eu-training")
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyManager"] == "CUSTOMER"
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]


def test_old_embeddings_are_under_a_key_that_is_about_to_vanish(emulated):
    key = bucket_key(emulated, US, "brightwell-legacy-embeddings")
    assert emulated.client("kms", US).describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"


def test_samples_are_public(emulated):
    s3 = emulated.client("s3", US)
    assert s3.get_bucket_policy_status(Bucket="brightwell-dataset-samples")["PolicyStatus"]["IsPublic"]
    assert not s3.get_bucket_policy_status(Bucket="brightwell-eu-training")["PolicyStatus"]["IsPublic"]


def test_training_and_inference_share_a_subnet_in_the_united_states_alone(emulated):
    def subnets(region, job, model):
        sagemaker = emulated.client("sagemaker", region)
        training = sagemaker.describe_training_job(TrainingJobName=job)["VpcConfig"]["Subnets"]
        return set(training), set(sagemaker.describe_model(ModelName=model)["VpcConfig"]["Subnets"])

    training, inference = subnets(US, "support-chat-7", "support-chat-7")
    assert training == inference
    training, inference = subnets(IRELAND, "eu-support-chat-3", "eu-support-chat-3")
    assert not training & inference


def test_a_notebook_sits_in_a_subnet_that_the_internet_reaches(emulated):
    notebook = emulated.client("sagemaker", US).describe_notebook_instance(NotebookInstanceName="data-preparation")
    ec2 = emulated.client("ec2", US)
    filters = [{"Name": "association.subnet-id", "Values": [notebook["SubnetId"]]}]
    (table,) = ec2.describe_route_tables(Filters=filters)["RouteTables"]
    gateways = {route.get("GatewayId", "") for route in table["Routes"] if route["DestinationCidrBlock"] == "0.0.0.0/0"}
    assert [gateway.partition("-")[0] for gateway in gateways] == ["igw"]
    (group,) = ec2.describe_security_groups(GroupIds=notebook["SecurityGroups"])["SecurityGroups"]
    assert {rule["FromPort"] for rule in group["IpPermissions"] if {"CidrIp": "0.0.0.0/0"} in rule["IpRanges"]} == {
        22,
        8888,
    }


def test_the_tiers_in_ireland_have_no_way_out_and_their_own_access_lists(emulated):
    ec2 = emulated.client("ec2", IRELAND)
    filters = [{"Name": "tag:Name", "Values": ["process", "train", "infer"]}]
    subnets = {subnet["SubnetId"] for subnet in ec2.describe_subnets(Filters=filters)["Subnets"]}
    routes = [route for table in ec2.describe_route_tables(Filters=filters)["RouteTables"] for route in table["Routes"]]
    lists = ec2.describe_network_acls(Filters=filters)["NetworkAcls"]
    assert len(subnets) == len(lists) == 3
    assert "0.0.0.0/0" not in {route.get("DestinationCidrBlock") for route in routes}
    assert {association["SubnetId"] for acl in lists for association in acl["Associations"]} == subnets
    assert len(ec2.describe_flow_logs()["FlowLogs"]) == 1


def test_searches_and_monitoring_are_shut_in_in_ireland_alone(emulated):
    def look(region, search, monitoring):
        sagemaker = emulated.client("sagemaker", region)
        tuning = sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=search)
        drift = sagemaker.describe_data_quality_job_definition(JobDefinitionName=monitoring)
        network = drift.get("NetworkConfig", {}).get("EnableNetworkIsolation", False)
        return tuning["TrainingJobDefinition"].get("EnableNetworkIsolation", False), network

    assert look(US, "support-chat-search", "support-chat-drift") == (False, False)
    assert look(IRELAND, "eu-support-chat-search", "eu-support-chat-drift") == (True, True)


def test_the_inference_function_is_open_to_everyone_and_names_its_endpoint(emulated):
    functions = emulated.client("lambda", US)
    assert functions.get_function_url_config(FunctionName="chat-inference")["AuthType"] == "NONE"
    (statement,) = json.loads(functions.get_policy(FunctionName="chat-inference")["Policy"])["Statement"]
    assert statement["Principal"] == "*"
    variables = functions.get_function_configuration(FunctionName="chat-inference")["Environment"]["Variables"]
    endpoint = emulated.client("sagemaker", US).describe_endpoint(EndpointName=variables["ENDPOINT_NAME"])
    assert endpoint["EndpointStatus"] == "InService"
    private = emulated.client("lambda", IRELAND).get_function_url_config(FunctionName="eu-chat-inference")
    assert private["AuthType"] == "AWS_IAM"


def test_images_are_pinned_and_scanned_in_ireland_alone(emulated):
    def look(region, repository, model):
        (found,) = emulated.client("ecr", region).describe_repositories(repositoryNames=[repository])["repositories"]
        image = emulated.client("sagemaker", region).describe_model(ModelName=model)["PrimaryContainer"]["Image"]
        return found["imageTagMutability"], found["imageScanningConfiguration"]["scanOnPush"], "@sha256:" in image

    assert look(US, "support-chat", "support-chat-7") == ("MUTABLE", False, False)
    assert look(IRELAND, "eu-support-chat", "eu-support-chat-3") == ("IMMUTABLE", True, True)


def test_studio_is_public_with_iam_users_and_in_ireland_private_with_single_sign_on(emulated):
    def look(region):
        sagemaker = emulated.client("sagemaker", region)
        (domain,) = sagemaker.list_domains()["Domains"]
        found = sagemaker.describe_domain(DomainId=domain["DomainId"])
        return found["AppNetworkAccessType"], found["AuthMode"], "KmsKeyId" in found

    assert look(US) == ("PublicInternetOnly", "IAM", False)
    assert look(IRELAND) == ("VpcOnly", "SSO", True)


def test_no_trail_covers_all_regions_and_data_events_are_kept_in_ireland_alone(emulated):
    (american,) = emulated.client("cloudtrail", US).describe_trails()["trailList"]
    (irish,) = emulated.client("cloudtrail", IRELAND).describe_trails()["trailList"]
    assert (american["IsMultiRegionTrail"], american["LogFileValidationEnabled"]) == (False, False)
    assert (irish["IsMultiRegionTrail"], irish["LogFileValidationEnabled"]) == (False, True)
    selectors = emulated.client("cloudtrail", IRELAND).get_event_selectors(TrailName="eu-trail")[
        "AdvancedEventSelectors"
    ]
    assert {selector["Name"] for selector in selectors} == {"management", "training data", "endpoints"}
    assert emulated.client("cloudtrail", SINGAPORE).describe_trails()["trailList"] == []


def test_guardduty_watches_one_region_without_s3_and_tells_late(emulated):
    def detectors(region):
        guardduty = emulated.client("guardduty", region)
        return [guardduty.get_detector(DetectorId=name) for name in guardduty.list_detectors()["DetectorIds"]]

    (detector,) = detectors(US)
    assert (detector["Status"], detector["FindingPublishingFrequency"]) == ("ENABLED", "SIX_HOURS")
    assert {"Name": "S3_DATA_EVENTS", "Status": "DISABLED"} in detector["Features"]
    assert [detector["Status"] for detector in detectors(OREGON)] == ["DISABLED"]
    assert detectors(IRELAND) == detectors(SINGAPORE) == []


def test_security_hub_is_on_in_ireland_and_inspector_sees_a_part(emulated):
    assert emulated.client("securityhub", IRELAND).describe_hub()["HubArn"]
    answer = emulated.client("inspector2", US).batch_get_account_status(accountIds=["123456789012"])
    states = {name: state["status"] for name, state in answer["accounts"][0]["resourceState"].items()}
    assert states == {"ec2": "ENABLED", "ecr": "DISABLED", "lambda": "DISABLED", "lambdaCode": "DISABLED"}


def test_an_agent_is_public_with_open_tools_in_the_united_states_alone(emulated):
    def look(region):
        agentcore = emulated.client("bedrock-agentcore-control", region)
        (runtime,) = agentcore.list_agent_runtimes()["agentRuntimes"]
        (gateway,) = agentcore.list_gateways()["items"]
        (memory,) = agentcore.list_memories()["memories"]
        network = agentcore.get_agent_runtime(agentRuntimeId=runtime["agentRuntimeId"])["networkConfiguration"]
        kept = agentcore.get_memory(memoryId=memory["id"])["memory"]
        return network["networkMode"], gateway["authorizerType"], "encryptionKeyArn" in kept

    assert look(US) == ("PUBLIC", "NONE", False)
    assert look(IRELAND) == ("VPC", "AWS_IAM", True)


def test_red_findings_were_suppressed_without_a_word_in_oregon_and_with_one_in_ireland(emulated):
    def look(region):
        [finding] = emulated.client("securityhub", region).get_findings()["Findings"]
        return finding["Workflow"]["Status"], "Note" in finding

    assert look(OREGON) == ("SUPPRESSED", False)
    assert look(IRELAND) == ("SUPPRESSED", True)


def test_gpus_run_in_oregon_on_a_copy_of_the_data_that_anyone_can_read(emulated):
    ec2 = emulated.client("ec2", OREGON)
    (reservation,) = ec2.describe_instances()["Reservations"]
    assert reservation["Instances"][0]["MetadataOptions"]["HttpTokens"] == "optional"
    (snapshot,) = ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]
    permission = ec2.describe_snapshot_attribute(SnapshotId=snapshot["SnapshotId"], Attribute="createVolumePermission")
    assert permission["CreateVolumePermissions"] == [{"Group": "all"}]


def test_cannot_be_built_twice_in_one_account(emulated):
    with pytest.raises(RangeError, match="is not empty"):
        build(emulated)
