import pytest

from hexward.controls.encryption.notebook_customer_key import notebook_customer_key
from hexward.inventory import Alias, Key, NotebookInstance
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
KEY = seen(Key, KEY_ARN, manager="CUSTOMER")
# The customer's own key may carry a name that looks like AWS's.
ALIAS = seen(Alias, f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws-like", target_key_id="k1")


def notebook(reference: str | None) -> NotebookInstance:
    return seen(NotebookInstance, kms_key_id=reference)


PASS = inventory(notebook(KEY_ARN), KEY)
FAIL = inventory(notebook(None), KEY)


@pytest.mark.parametrize(
    ("reference", "status"),
    [
        ("k1", Status.PASS),
        ("alias/aws-like", Status.PASS),
        ("alias/none", Status.FAIL),
        (f"arn:aws:kms:{REGION}:999999999999:key/k1", Status.UNKNOWN),
    ],
)
def test_follows_the_reference_to_the_key(reference, status):
    assert judge(notebook_customer_key, notebook(reference), KEY, ALIAS).status is status


def test_a_key_that_aws_manages_fails_though_it_is_named():
    assert judge(notebook_customer_key, notebook("k1"), seen(Key, KEY_ARN, manager="AWS")).status is Status.FAIL
