from datetime import timedelta

import pytest

from hexward.controls.identity.analyzer_findings_age import analyzer_findings_age
from hexward.inventory import AnalyzerFinding, Bucket, DynamoTable, Key, Model, NotebookInstance, Ref, Stage, Workload
from hexward.inventory.sagemaker import Container
from hexward.model import Status
from tests.build import ACCOUNT, NOW, REGION, inventory, judge, seen
from tests.controls.identity.build import ROLE, workload

BUCKET = "arn:aws:s3:::train"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:token"
TRAINS = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "job"),), outputs=())
ASK = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:ask"
CHATS = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/chats"
KINDS = {
    BUCKET: "S3::Bucket", KEY: "KMS::Key", SECRET: "SecretsManager::Secret", ROLE: "IAM::Role",
    ASK: "Lambda::Function", CHATS: "DynamoDB::Table",
}  # fmt: skip
LOADED = seen(Model, primary_container=Container(model_data_url="s3://train/m.tar.gz"), containers=None)


def finding(days: float = 8, resource: str = ROLE, region: str = REGION, owner: str = ACCOUNT) -> AnalyzerFinding:
    arn = f"arn:aws:access-analyzer:{region}:{ACCOUNT}:analyzer/a/finding/f"
    kind = f"AWS::{KINDS.get(resource, 'SQS::Queue')}"
    created = NOW - timedelta(days=days)
    return seen(
        AnalyzerFinding,
        arn,
        region=region,
        resource=resource,
        resource_type=kind,
        resource_owner_account=owner,
        created=created,
    )


PASS = inventory(finding(7), workload())
FAIL = inventory(finding(7.1), workload())


@pytest.mark.parametrize(
    ("resource", "others", "status"),
    [
        (ROLE, (), Status.NOT_APPLICABLE),
        (BUCKET, (seen(Bucket, BUCKET, name="train"), TRAINS), Status.FAIL),
        (BUCKET, (seen(Bucket, BUCKET, name="train"),), Status.NOT_APPLICABLE),
        (BUCKET, (seen(Bucket, BUCKET, name="train"), seen(Workload, stage=Stage.TRAIN)), Status.UNKNOWN),
        (KEY, (seen(Key, KEY, key_id="k1"), seen(NotebookInstance, kms_key_id="k1")), Status.FAIL),
        (KEY, (seen(Key, KEY, key_id="k1"),), Status.NOT_APPLICABLE),
        (KEY, (seen(Key, KEY, key_id="k1"), seen(NotebookInstance)), Status.UNKNOWN),
        (SECRET, (), Status.FAIL),
        (BUCKET, (seen(Bucket, BUCKET, name="train"), seen(Workload, stage=Stage.TRAIN), LOADED), Status.FAIL),
        (ASK, (seen(Workload, ASK, stage=Stage.INFER),), Status.FAIL),
        (ASK, (seen(Workload, ASK),), Status.UNKNOWN),
        (ASK, (), Status.NOT_APPLICABLE),
        (CHATS, (seen(DynamoTable, CHATS, name="chats", tags={"workload": "inference"}),), Status.FAIL),
        (CHATS, (seen(DynamoTable, CHATS, name="chats"),), Status.UNKNOWN),
        (f"arn:aws:sqs:{REGION}:{ACCOUNT}:jobs", (), Status.NOT_APPLICABLE),
    ],
)
def test_only_what_belongs_to_ai_counts(resource, others, status):
    assert judge(analyzer_findings_age, finding(resource=resource), *others).status is status


def test_one_thing_found_in_several_regions_is_told_once_by_the_oldest_finding():
    here, there = finding(400, region="us-west-2"), finding(1, region="eu-west-1")
    assert judge(analyzer_findings_age, here, there, workload()).status is Status.NOT_APPLICABLE
    [fault] = judge(analyzer_findings_age, there, here, workload()).faults
    assert fault.says.endswith("since 400 days at least")


def test_what_an_organisations_analyzer_finds_in_other_accounts_is_left_to_them():
    assert judge(analyzer_findings_age, finding(owner="999988887777"), workload()).status is Status.NOT_APPLICABLE
