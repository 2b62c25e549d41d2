"""Images, functions and instances are found by the names that workloads use for them."""

import pytest

from hexward.inventory.inspector2 import Ports, names_of

REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/team/serve"
DIGEST = "sha256:" + "0a" * 32
FUNCTION = "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:chat"


@pytest.mark.parametrize(
    ("resource", "tags", "names"),
    [
        (
            f"{REPOSITORY}/{DIGEST}",
            ("1", "latest"),
            (f"{REPOSITORY}@{DIGEST}", f"{REPOSITORY}:1", f"{REPOSITORY}:latest"),
        ),
        (f"{REPOSITORY}/{DIGEST}", None, (f"{REPOSITORY}@{DIGEST}",)),
        (REPOSITORY, None, (REPOSITORY,)),
        (f"{FUNCTION}:$LATEST", None, (FUNCTION,)),
        (FUNCTION, None, (FUNCTION,)),
        ("i-0123456789abcdef0", None, ("i-0123456789abcdef0",)),
    ],
)
def test_a_resource_goes_by_these_names(resource, tags, names):
    assert names_of(resource, tags) == names


def test_a_single_port_is_no_range():
    assert (str(Ports(22, 22)), str(Ports(0, 65535))) == ("22", "0-65535")
