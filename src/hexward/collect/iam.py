"""Collects users, groups, roles, managed policies, the credential report, Bedrock API keys and the account's own settings."""

import csv
import io
import time
from collections.abc import Mapping
from typing import Any

from hexward.collect.table import Ask, Call, Report, Table
from hexward.inventory import Account, BedrockApiKey, Group, ManagedPolicy, PasswordPolicy, Role, User
from hexward.model import Gap, Reason

DETAILS = Call("GetAccountAuthorizationDetails", {"MaxItems": 1000})
GENERATE = Call("GenerateCredentialReport")
REPORT = Call("GetCredentialReport")
WAITS_SECONDS = (0.1, 0.5, 1, 2, 4, 8, 8)
"""How long to wait between looks at a report that IAM is still writing; it is ready within seconds."""


def credential_report(ask: Ask) -> Mapping[str, object] | Gap:
    """Have IAM write its report, and return each user's row under the user's name.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
    """
    for wait in WAITS_SECONDS:
        made = ask(GENERATE)
        if made.gap is not None:
            return made.gap
        if made.data.get("State") == "COMPLETE":
            return _rows(ask)
        time.sleep(wait)
    return Gap(Reason.TIMED_OUT, "IAM did not finish the credential report", "iam:GenerateCredentialReport")


def _rows(ask: Ask) -> Mapping[str, object] | Gap:
    got = ask(REPORT)
    if got.gap is not None:
        return got.gap
    content = got.data.get("Content")
    if not isinstance(content, bytes):
        return Gap(Reason.MALFORMED, "the credential report has no content", "iam:GetCredentialReport")
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode(errors="replace"))))
    except csv.Error as error:
        return Gap(Reason.MALFORMED, f"the credential report is not CSV: {error}", "iam:GetCredentialReport")
    return {row["user"]: {"Content": row} for row in rows if row.get("user")}


def _in_use(policy: Mapping[str, Any]) -> bool:
    """Leave out policies that nobody has; some answers hold all that AWS offers."""
    counts = (policy.get("AttachmentCount"), policy.get("PermissionsBoundaryUsageCount"))
    return not str(policy.get("Arn", "")).startswith("arn:aws:iam::aws:") or any(counts)


TABLES = (
    Table(Account, "iam", Call("GetAccountSummary"), "", "arn:{partition}:iam::{account}:root", everywhere=False),
    Table(
        PasswordPolicy,
        "iam",
        Call("GetAccountPasswordPolicy", absent=("NoSuchEntity",)),
        "",
        "arn:{partition}:iam::{account}:password-policy",
        everywhere=False,
    ),
    Table(
        User,
        "iam",
        DETAILS,
        "UserDetailList[]",
        "{Arn}",
        report=Report("iam:GetCredentialReport", (GENERATE.operation, REPORT.operation), "UserName", credential_report),
        everywhere=False,
    ),
    Table(
        BedrockApiKey,
        "iam",
        Call(
            "ListServiceSpecificCredentials",
            {"ServiceName": "bedrock.amazonaws.com", "AllUsers": True, "MaxItems": 1000},
        ),
        "ServiceSpecificCredentials[]",
        "arn:{partition}:iam::{account}:service-specific-credential/{ServiceSpecificCredentialId}",
        everywhere=False,
    ),
    Table(Group, "iam", DETAILS, "GroupDetailList[]", "{Arn}", everywhere=False),
    Table(Role, "iam", DETAILS, "RoleDetailList[]", "{Arn}", everywhere=False),
    Table(ManagedPolicy, "iam", DETAILS, "Policies[]", "{Arn}", everywhere=False, keep=_in_use),
)
