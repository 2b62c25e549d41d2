"""Guardrails keep users and roles from switching off what watches the account.

Why: an intruder's first calls with administrator's rights stop detectors, trail and recorder; so a weekend went by unseen and cost
$243,000. No policy inside the account holds back its administrators.

Fix: deny these calls in a service control policy, with an exemption (`ArnNotLike` on `aws:PrincipalArn`) for the one role that sets
the detectors up. Keys can then be scheduled for deletion by that role alone; what it does is not seen. No guardrail binds the
management account: move what runs in it.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.guardrail import LOOKS_AT, Attempt, unstopped
from hexward.inventory import Inventory, Organization
from hexward.model import Fault, Severity

HERE = "{region}:{account}"
ATTEMPTS = (
    Attempt("access-analyzer:DeleteAnalyzer", f"arn:{{partition}}:access-analyzer:{HERE}:analyzer/*"),
    Attempt("cloudtrail:DeleteTrail", f"arn:{{partition}}:cloudtrail:{HERE}:trail/*"),
    Attempt("cloudtrail:StopLogging", f"arn:{{partition}}:cloudtrail:{HERE}:trail/*"),
    Attempt("config:DeleteConfigurationRecorder", f"arn:{{partition}}:config:{HERE}:configuration-recorder/*"),
    Attempt("config:StopConfigurationRecorder", f"arn:{{partition}}:config:{HERE}:configuration-recorder/*"),
    Attempt("ec2:DeleteFlowLogs", f"arn:{{partition}}:ec2:{HERE}:vpc-flow-log/*"),
    Attempt("guardduty:DeleteDetector", f"arn:{{partition}}:guardduty:{HERE}:detector/*"),
    Attempt("guardduty:DisassociateFromAdministratorAccount"),
    # The former name of the same call still works.
    Attempt("guardduty:DisassociateFromMasterAccount"),
    Attempt("guardduty:UpdateDetector", f"arn:{{partition}}:guardduty:{HERE}:detector/*"),
    Attempt("kms:ScheduleKeyDeletion", f"arn:{{partition}}:kms:{HERE}:key/*"),
    Attempt("organizations:LeaveOrganization"),
    Attempt("securityhub:DisableSecurityHub", f"arn:{{partition}}:securityhub:{HERE}:hub/default"),
)


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-6(10)", "NIST-800-53:AU-9", "PCI-DSS:10.3.2"),
    uses=LOOKS_AT,
    source="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
)
def detector_guardrail(organization: Organization, inventory: Inventory) -> Iterator[Fault]:
    yield from unstopped(organization, inventory, ATTEMPTS)
