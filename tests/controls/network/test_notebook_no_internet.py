from hexward.controls.network.notebook_no_internet import notebook_no_internet
from hexward.inventory import NotebookInstance
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(NotebookInstance, direct_internet_access="Disabled"))
FAIL = inventory(seen(NotebookInstance, direct_internet_access="Enabled"))


def test_a_private_subnet_does_not_excuse_direct_access():
    notebook = seen(NotebookInstance, direct_internet_access="Enabled", subnet_id="subnet-1")
    assert judge(notebook_no_internet, notebook).status is Status.FAIL
