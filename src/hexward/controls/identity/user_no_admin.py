"""No IAM user is an administrator, or nearly one.

Why: a user's password and keys work from anywhere until someone revokes them. A phished contractor with PowerUserAccess was
enough for $67,400 of GPU time in 72 hours and 14 GB of training data.

Fix: have people take a role through IAM Identity Center for the hours that they need it, and detach the broad policy from the
user and its groups; keep one break-glass user, with an exception that names its owner. The user loses all that nothing else
permits. Policies of the organisation that were not seen are taken to forbid nothing.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.iam.principals import Principal, principal
from hexward.iam.rights import administers, spans_services, whole_services
from hexward.inventory import Inventory, User
from hexward.model import Fault, Severity

ESTATE = ("kms", "logs", "s3", "sagemaker")
"""Where an AI team's keys, traces, data and models are: whoever holds them all has everything that is worth taking."""


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:IAM.1", "NIST-800-53:AC-6"),
    uses=(Principal,),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)
def user_no_admin(user: User, inventory: Inventory) -> Iterator[Fault]:
    held = principal(inventory, user)
    field = next((name for name in ("inline", "attached") if getattr(user, name)), "groups")
    if administers(held):
        yield Fault("the user may do everything, or permit it to itself", field=field)
    elif spans_services(held):
        yield Fault("the user may do everything in nearly every service", field=field)
    elif whole_services(held, ESTATE) == ESTATE:
        yield Fault(f"the user may do everything in {', '.join(ESTATE)}, on all resources", field=field)
