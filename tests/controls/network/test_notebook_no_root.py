from hexward.controls.network.notebook_no_root import notebook_no_root
from hexward.inventory import NotebookInstance
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(NotebookInstance, root_access="Disabled"))
FAIL = inventory(seen(NotebookInstance, root_access="Enabled"))


def test_a_private_network_does_not_excuse_root():
    notebook = seen(NotebookInstance, root_access="Enabled", direct_internet_access="Disabled", subnet_id="subnet-1")
    assert judge(notebook_no_root, notebook).status is Status.FAIL
