"""Collects what is known of secrets; no call of this product reads a secret's value."""

from hexward.collect.table import Call, Table
from hexward.inventory import Secret

TABLES = (Table(Secret, "secretsmanager", Call("ListSecrets", {"MaxResults": 100}), "SecretList[]", "{ARN}"),)
