from datetime import date

import pytest

from hexward.inventory import NotCollected
from hexward.inventory.end_of_support import end_of_support, platforms


def test_tells_the_day_that_aws_announced():
    assert end_of_support("lambda", "python3.9") == date(2025, 12, 15)
    assert end_of_support("notebook", "notebook-al2023-v1") is None


def test_a_platform_newer_than_the_file_is_not_taken_for_a_supported_one():
    with pytest.raises(NotCollected, match=r"python9\.9 is not among the platforms"):
        end_of_support("lambda", "python9.9")


@pytest.mark.parametrize("service", sorted(platforms()))
def test_each_table_names_its_page_and_stays_sorted(service):
    table = platforms()[service]
    assert table.source.startswith("https://docs.aws.amazon.com/")
    assert list(table.ends) == sorted(table.ends)
