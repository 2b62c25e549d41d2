"""Controls over policies judge what someone may really do: what the organisation forbids counts where it was seen, and only there."""

import importlib

import pytest

from hexward.controls import audit, controls
from hexward.inventory import Inventory, Organization, Record
from hexward.model import Gap, Reason, Status
from tests.build import ACCOUNT, NOW, Given
from tests.controls.guardrails import Statement, allowing, deny, guard, on_resources, organization

CONTROLS = {control.id: control for control in controls()}
DENIED = Gap(Reason.DENIED, "no", "organizations:ListParents", "organizations:ListParents")
INSIDE: Statement = {
    "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
}
"""The condition by which AWS's perimeter keeps out whoever is not of the organisation."""
OURS: Statement = {
    "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
    "Bool": {"aws:PrincipalIsAWSService": "true"},
}
"""The condition by which it keeps services from acting for others."""

ON_CALLERS = {
    "identity.access_key_mfa": deny("sagemaker:*", "bedrock:*", "bedrock-agentcore:*"),
    "identity.admin_attachment_age": deny("iam:*"),
    "identity.ai_role_no_admin": deny("iam:Put*", "iam:Attach*", "iam:AnyAction"),
    "identity.ai_role_no_service_wildcard": deny("*"),
    "identity.boundary_on_creators": deny("iam:*"),
    "identity.invoke_allow_list": deny("bedrock:*"),
    "identity.no_escalation_path": deny("iam:*"),
    "identity.passrole_scoped": deny("iam:PassRole"),
    "identity.role_mfa": deny("sagemaker:*", "bedrock:*", "bedrock-agentcore:*"),
    "identity.user_no_admin": deny("*"),
    "network.training_bucket_pinned": deny("s3:*", condition={"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}),
}
ON_RESOURCES = {
    "encryption.key_policy_bounded": deny("kms:*", condition=INSIDE),
    "encryption.training_bucket_tls_only": deny("s3:*", condition={"Bool": {"aws:SecureTransport": "false"}}),
    "identity.external_trust": deny("sts:*", condition=INSIDE),
    "identity.trust_confused_deputy": deny("sts:*", condition=OURS),
    "network.training_bucket_pinned": deny("s3:*", condition={"StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1"}}),
    "vulnerabilities.repository_private": deny("ecr:*", condition=INSIDE),
}


def failing(name: str) -> Inventory:
    """Return the account on which a control is shown to fail."""
    practice, _, own = name.rpartition(".")
    found = importlib.import_module(f"tests.controls.{practice}.test_{own}").FAIL
    assert isinstance(found, Inventory)
    return found


def statuses(name: str, *above: Record) -> set[Status]:
    """Judge that account with an organisation above it."""
    given = failing(name)
    held = (one for one in given if not isinstance(one, Organization))
    regions = given.regions
    return {
        found.status for found in audit(Given(ACCOUNT, NOW, regions, (*held, *above), given.unlisted), [CONTROLS[name]])
    }


@pytest.mark.parametrize(("name", "statement"), ON_CALLERS.items(), ids=ON_CALLERS)
def test_what_a_service_control_policy_forbids_is_no_fault(name, statement):
    assert Status.FAIL not in statuses(name, organization(), allowing(), guard(statement))


@pytest.mark.parametrize(("name", "statement"), ON_RESOURCES.items(), ids=ON_RESOURCES)
def test_what_a_resource_control_policy_forbids_is_no_fault(name, statement):
    assert Status.FAIL not in statuses(name, organization(unit=()), allowing(), on_resources(statement))


@pytest.mark.parametrize(("name", "statement"), ON_CALLERS.items(), ids=ON_CALLERS)
def test_a_policy_that_was_not_seen_or_does_not_bind_forbids_nothing(name, statement):
    above = allowing(), guard(statement)
    assert Status.FAIL in statuses(name, organization().punched("levels", DENIED), *above)
    assert Status.FAIL in statuses(name, organization(), allowing())
    assert Status.FAIL in statuses(name, organization(management_account_id=ACCOUNT), *above)


@pytest.mark.parametrize("name", ON_CALLERS)
def test_an_organisation_that_forbids_something_else_changes_nothing(name):
    assert Status.FAIL in statuses(name, organization(), allowing(), guard(deny("organizations:LeaveOrganization")))


@pytest.mark.parametrize("name", ON_RESOURCES)
def test_a_resource_control_policy_about_something_else_changes_nothing(name):
    assert Status.FAIL in statuses(name, organization(unit=()), allowing(), on_resources(deny("s3:DeleteBucket")))
