"""Collects what Shield Advanced protects; Shield is asked in one region for all."""

from hexward.collect.table import Call, Table
from hexward.inventory import ShieldProtection

TABLES = (
    Table(
        ShieldProtection,
        "shield",
        # Without a subscription there is nothing that could protect.
        Call("ListProtections", {"MaxResults": 1000}, absent=("ResourceNotFoundException",)),
        "Protections[]",
        "arn:{partition}:shield::{account}:protection/{Id}",
        everywhere=False,
    ),
)
