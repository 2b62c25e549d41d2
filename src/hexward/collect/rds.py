"""Collects databases and clusters."""

from hexward.collect.table import Call, Table
from hexward.inventory import DBCluster, DBInstance

TABLES = (
    Table(DBInstance, "rds", Call("DescribeDBInstances", {"MaxRecords": 100}), "DBInstances[]", "{DBInstanceArn}"),
    Table(DBCluster, "rds", Call("DescribeDBClusters", {"MaxRecords": 100}), "DBClusters[]", "{DBClusterArn}"),
)
