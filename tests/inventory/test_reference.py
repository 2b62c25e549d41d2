import pytest

from hexward.inventory import NotCollected, Ref
from hexward.inventory.reference import buckets


def test_an_address_names_its_bucket_and_says_where_it_was_read():
    assert buckets("Model.containers", "s3://models/a.tar.gz", None) == (Ref("models", "Model.containers"),)


@pytest.mark.parametrize(
    "uri",
    [
        "arn:aws:s3:us-east-1:111122223333:accesspoint/train",
        "s3://train-abcd1234-s3alias/in",
        "s3://x--ol-s3/in",
        "somewhere",
    ],
)
def test_an_address_that_only_stands_for_a_bucket_is_a_gap(uri):
    with pytest.raises(NotCollected, match="does not name a bucket"):
        buckets("TrainingJob.input_data_config", uri)
