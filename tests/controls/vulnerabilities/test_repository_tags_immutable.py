import pytest

from hexward.controls.vulnerabilities.repository_tags_immutable import repository_tags_immutable
from hexward.inventory import Repository
from hexward.inventory.ecr import TagFilter
from tests.build import inventory, judge, seen

PASS = inventory(seen(Repository, image_tag_mutability="IMMUTABLE"))
FAIL = inventory(seen(Repository, image_tag_mutability="MUTABLE"))


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("IMMUTABLE_WITH_EXCLUSION", "tags that match latest, dev-* can be moved to other images"),
        ("MUTABLE_WITH_EXCLUSION", "tags can be moved to other images"),
    ],
)
def test_an_exception_is_a_way_to_swap_an_image(rule, says):
    filters = (TagFilter("latest"), TagFilter("dev-*"))
    one = seen(Repository, image_tag_mutability=rule, image_tag_mutability_exclusion_filters=filters)
    assert [fault.says for fault in judge(repository_tags_immutable, one).faults] == [says]
