from hexward.controls.network.notebook_imds import notebook_imds
from hexward.inventory import NotebookInstance
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(NotebookInstance, minimum_metadata_version="2"))
FAIL = inventory(seen(NotebookInstance, minimum_metadata_version="1"))


def test_an_empty_version_is_not_taken_for_the_second():
    assert judge(notebook_imds, seen(NotebookInstance, minimum_metadata_version="")).status is Status.FAIL
