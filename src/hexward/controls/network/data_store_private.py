"""Databases and tables of AI data cannot be reached by strangers.

Why: a database on the internet is found within minutes and its password tried for ever after; a table whose policy names everyone
needs no password at all. What is in it are prompts, answers and the people they are about.

Fix: make the database not publicly accessible and reach it from inside its network or through a bastion; take everyone out of a
table's policy, or bind it to your organisation (`aws:PrincipalOrgID`). Clients from outside are cut off.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.stores import open_to_strangers
from hexward.iam.limits import Limits
from hexward.inventory import DataStore, Inventory
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=(
        "AWS-FSBP:RDS.2",
        "CIS-AWS:2.2.3",
        "HIPAA:164.312(a)(1)",
        "NIST-800-53:AC-3",
        "NIST-800-53:SC-7",
        "PCI-DSS:1.4.4",
    ),
    uses=(Limits,),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
)
def data_store_private(store: DataStore, inventory: Inventory) -> Iterator[Fault]:
    yield from open_to_strangers(store, inventory)
