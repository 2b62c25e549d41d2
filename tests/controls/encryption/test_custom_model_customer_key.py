from hexward.controls.encryption.custom_model_customer_key import custom_model_customer_key
from hexward.inventory import CustomModel
from tests.build import inventory, seen
from tests.controls.encryption.references import ARN, KEY, every_reference, status_under

PASS = inventory(seen(CustomModel, model_kms_key_arn=ARN), KEY)
FAIL = inventory(seen(CustomModel, model_kms_key_arn=None), KEY)


@every_reference
def test_the_reference_is_followed_to_the_key(reference, manager, status):
    assert status_under(custom_model_customer_key, seen(CustomModel, model_kms_key_arn=reference), manager) is status
