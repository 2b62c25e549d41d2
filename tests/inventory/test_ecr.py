import pytest

from hexward.inventory import Repository
from hexward.inventory.ecr import ImageName, TagFilter, image_name
from tests.build import seen

HOST = "111122223333.dkr.ecr.us-east-1.amazonaws.com"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{HOST}/serve:1.2", ("111122223333", "us-east-1", "serve", "1.2", "")),
        (f"{HOST}/team/serve", ("111122223333", "us-east-1", "team/serve", "latest", "")),
        (f"{HOST}/serve@sha256:ab", ("111122223333", "us-east-1", "serve", "latest", "sha256:ab")),
        (f"{HOST}/serve:1.2@sha256:ab", ("111122223333", "us-east-1", "serve", "1.2", "sha256:ab")),
        (f"{HOST.replace('ecr', 'ecr-fips')}/a:b", ("111122223333", "us-east-1", "a", "b", "")),
        ("1" * 12 + ".dkr.ecr.cn-north-1.amazonaws.com.cn/a:b", ("1" * 12, "cn-north-1", "a", "b", "")),
        ("1" * 12 + ".dkr-ecr.eu-west-3.on.aws/a:b", ("1" * 12, "eu-west-3", "a", "b", "")),
        ("docker.io/library/python:3.13", None),
        (f"evil.example/{HOST}/serve:1", None),
        ("", None),
    ],
)
def test_reads_the_parts_of_an_images_name(text, name):
    assert image_name(text) == (None if name is None else ImageName(*name))


@pytest.mark.parametrize(
    ("rule", "filters", "held"),
    [
        ("IMMUTABLE", None, {"latest", "v1"}),
        ("MUTABLE", None, set()),
        ("IMMUTABLE_WITH_EXCLUSION", ("latest",), {"v1"}),
        ("IMMUTABLE_WITH_EXCLUSION", ("v*", "l*t"), set()),
        ("MUTABLE_WITH_EXCLUSION", ("v*",), {"v1"}),
        ("MUTABLE_WITH_EXCLUSION", ("v",), set()),
        ("SOMETHING_ELSE", None, set()),
    ],
)
def test_a_tag_stays_where_the_rule_or_its_exception_says_so(rule, filters, held):
    found = seen(
        Repository,
        image_tag_mutability=rule,
        image_tag_mutability_exclusion_filters=None if filters is None else tuple(map(TagFilter, filters)),
    )
    assert {tag for tag in ("latest", "v1") if found.holds(tag)} == held
