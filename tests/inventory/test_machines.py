import pytest

from hexward.inventory.machines import Machines, has_own_disks


@pytest.mark.parametrize(
    "family",
    [
        "g4dn",
        "g5",
        "g6e",
        "p3dn",
        "p4d",
        "p4de",
        "p5en",
        "p6-b200",
        "p6e-gb200",
        "trn1n",
        "trn2",
        "dl1",
        "m5d",
        "r6gd",
        "r7gd",
    ],
)
def test_knows_machines_with_disks(family):
    assert has_own_disks(f"ml.{family}.24xlarge")


@pytest.mark.parametrize(
    "family", ["m5", "c6gn", "c7i-flex", "p2", "p3", "inf1", "inf2", "t3", "r5", "r8i", "nothing", "m5.large.d1"]
)
def test_takes_every_other_machine_to_have_a_volume(family):
    assert not has_own_disks(f"ml.{family}.24xlarge")
    assert not has_own_disks(family)


@pytest.mark.parametrize(
    ("types", "volumes"),
    [
        (("ml.m5.large",), True),
        (("ml.g5.xlarge",), False),
        (("ml.g5.xlarge", "ml.m5.large"), True),
        ((), True),
    ],
)
def test_machines_have_volumes_unless_all_are_known_to_have_disks(types, volumes):
    assert Machines(types, None, None).have_volumes is volumes
