from hexward.controls.alarms import Alarming
from hexward.controls.trail.changes_alarmed import changes_alarmed
from tests.build import inventory, judge, seen


def region(*unheard: str) -> Alarming:
    return seen(Alarming, unheard=unheard)


PASS = inventory(region())
FAIL = inventory(region("changes of routes"))


def test_names_all_that_nobody_hears_of():
    [fault] = judge(changes_alarmed, region("changes of routes", "changes of VPCs")).faults
    assert fault.says == "no alarm follows changes of routes, changes of VPCs"
