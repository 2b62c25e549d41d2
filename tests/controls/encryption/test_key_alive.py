import pytest

from hexward.controls import judge as judge_in
from hexward.controls.encryption.key_alive import key_alive
from hexward.inventory import (
    AgentMemory,
    Alias,
    Bucket,
    CustomModel,
    EndpointConfig,
    FeatureGroup,
    Key,
    NotebookInstance,
    Ref,
    Stage,
    TrainingJob,
    Workload,
)
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule
from hexward.inventory.sagemaker import DataCapture
from hexward.inventory.sagemaker_training import OutputData
from hexward.model import Gap, Reason, Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
ALIAS = seen(Alias, f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/ai", name="alias/ai", target_key_id="k1")
BUCKET = seen(
    Bucket, name="train", encryption=(EncryptionRule(apply_server_side_encryption_by_default=DefaultEncryption("aws:kms", KEY_ARN)),)
)  # fmt: skip


def key(state: str = "Disabled", manager: str = "CUSTOMER") -> Key:
    return seen(Key, KEY_ARN, key_id="k1", manager=manager, state=state)


def notebook(reference: str | None, region: str = REGION) -> NotebookInstance:
    return seen(NotebookInstance, region=region, kms_key_id=reference)


def workload(stage: Stage, inputs: tuple[Ref, ...] = (), outputs: tuple[Ref, ...] = ()) -> Workload:
    return seen(Workload, stage=stage, inputs=inputs, outputs=outputs)


PASS = inventory(key("Enabled"), notebook(KEY_ARN))
FAIL = inventory(key("PendingDeletion"), notebook(KEY_ARN))


@pytest.mark.parametrize(
    "state", ["Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable"]
)
def test_a_state_in_which_nothing_can_be_decrypted_fails(state):
    assert judge(key_alive, key(state), notebook(KEY_ARN)).status is Status.FAIL


@pytest.mark.parametrize("reference", [KEY_ARN, "k1", "alias/ai", ALIAS.arn])
def test_a_reference_of_any_form_is_followed(reference):
    assert judge(key_alive, key(), ALIAS, notebook(reference)).status is Status.FAIL


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((), Status.NOT_APPLICABLE),
        ((notebook("alias/ai"),), Status.NOT_APPLICABLE),
        ((notebook("k1", region="eu-west-1"),), Status.NOT_APPLICABLE),
        ((seen(TrainingJob, output_data_config=OutputData("s3://out/", KEY_ARN)),), Status.FAIL),
        ((seen(EndpointConfig, kms_key_id=None, data_capture_config=DataCapture("s3://c/", kms_key_id="k1")),), Status.FAIL),
        ((seen(CustomModel, model_kms_key_arn=KEY_ARN),), Status.FAIL),
        ((seen(AgentMemory, encryption_key_arn=KEY_ARN),), Status.FAIL),
        ((BUCKET,), Status.NOT_APPLICABLE),
        ((BUCKET, workload(Stage.TRAIN, inputs=(Ref("train", "job"),))), Status.FAIL),
        ((BUCKET, workload(Stage.TRAIN, outputs=(Ref("train", "job"),))), Status.FAIL),
        ((BUCKET, workload(Stage.DEVELOP, inputs=(Ref("train", "function"),))), Status.NOT_APPLICABLE),
        ((BUCKET, seen(Workload, stage=Stage.TRAIN)), Status.UNKNOWN),
        ((seen(NotebookInstance),), Status.UNKNOWN),
    ],
)  # fmt: skip
def test_only_keys_of_ai_data_count(others, status):
    assert judge(key_alive, key(), *others).status is status


def test_keys_of_aws_are_not_judged():
    assert judge(key_alive, key(manager="AWS"), notebook(KEY_ARN)).status is Status.NOT_APPLICABLE


def test_a_bucket_of_unknown_use_hides_no_other_user():
    assert judge(key_alive, key(), BUCKET, seen(Workload, stage=Stage.TRAIN), notebook("k1")).status is Status.FAIL


@pytest.mark.parametrize(("state", "status"), [("Enabled", Status.PASS), ("Disabled", Status.FAIL)])
def test_one_user_that_was_seen_is_enough(state, status):
    gap = Gap(Reason.DENIED, "no", "sagemaker:ListFeatureGroups", region=REGION)
    given = inventory(key(state), notebook("k1"), unlisted={(FeatureGroup, REGION): gap})
    assert judge_in(key_alive, key(state), given).status is status
    alone = inventory(key(state), unlisted={(FeatureGroup, REGION): gap})
    assert judge_in(key_alive, key(state), alone).status is Status.UNKNOWN
