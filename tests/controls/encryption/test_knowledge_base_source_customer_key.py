from hexward.controls.encryption.knowledge_base_source_customer_key import knowledge_base_source_customer_key
from hexward.inventory import DataSource
from tests.build import inventory, seen
from tests.controls.encryption.references import ARN, KEY, every_reference, status_under

PASS = inventory(seen(DataSource, kms_key_arn=ARN), KEY)
FAIL = inventory(seen(DataSource, kms_key_arn=None), KEY)


@every_reference
def test_the_reference_is_followed_to_the_key(reference, manager, status):
    assert status_under(knowledge_base_source_customer_key, seen(DataSource, kms_key_arn=reference), manager) is status
