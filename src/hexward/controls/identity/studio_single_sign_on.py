"""People come into Studio through IAM Identity Center.

Why: with IAM sign-in, whoever holds a user's key or a role that may make a presigned address opens any profile of the domain, and
works under its role without a second factor. Nothing ties a profile to one person.

Fix: make a domain whose sign-in is IAM Identity Center, assign people to it there, move their files and delete the old domain: the
way of signing in cannot be changed afterwards. A domain that is reached only through an own portal, which makes presigned addresses
after its own sign-in, may be an exception.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Domain
from hexward.model import Fault, Severity


@control(
    severity=Severity.LOW,
    frameworks=("NIST-800-53:IA-2",),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html",
)
def studio_single_sign_on(domain: Domain) -> Iterator[Fault]:
    if domain.auth_mode != "SSO":
        yield Fault(f"people sign in with {domain.auth_mode}, not with IAM Identity Center", field="auth_mode")
