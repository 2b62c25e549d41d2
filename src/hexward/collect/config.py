"""Collects the recorder of each region, or that there is none."""

from hexward.collect.table import Call, Table
from hexward.inventory import ConfigRegion

TABLES = (
    Table(
        ConfigRegion,
        "config",
        Call("DescribeConfigurationRecorders"),
        "",
        "arn:{partition}:config:{region}:{account}:config-recorder/*",
        details=(Call("DescribeConfigurationRecorderStatus"),),
    ),
)
