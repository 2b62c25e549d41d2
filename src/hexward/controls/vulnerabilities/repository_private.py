"""Repositories of images are open to named accounts alone.

Why: a repository policy for everyone lets any AWS account pull the image, with the code, the weights and the forgotten keys in
it; one that lets everyone push puts a stranger's code behind your endpoint.

Fix: name accounts or roles in the repository's policy, or bind `*` to your organisation by aws:PrincipalOrgID. Accounts that
pulled without being named are refused from then on. A resource control policy that keeps them out counts, where it was seen.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import strangers_context
from hexward.iam import Policies, PolicyError, may_do_somewhere
from hexward.iam.limits import Limits, limits_of
from hexward.inventory import Inventory, NotCollected, Repository
from hexward.model import Fault, Gap, Reason, Severity

STRANGER = "arn:aws:iam::000000000000:role/anyone"
"""A role of an account that no policy names; an administrator there, so that the repository's policy alone decides."""

ANYTHING = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'

ACTS = {
    "ecr:BatchGetImage": "pull images",
    "ecr:PutImage": "push images",
    "ecr:SetRepositoryPolicy": "change the policy",
}


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-3",),
    uses=(Limits,),
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
)
def repository_private(repository: Repository, inventory: Inventory) -> Iterator[Fault]:
    if repository.policy is None:
        raise NotApplicable("without a policy only this account has access")
    try:
        held = may_do_somewhere(
            STRANGER,
            Policies(identity=(ANYTHING,), resource=repository.policy, rcps=limits_of(inventory).rcps),
            ACTS,
            repository.arn,
            strangers_context(repository.region),
        )
    except PolicyError as error:
        raise NotCollected("Repository.policy", Gap(Reason.MALFORMED, str(error))) from error
    for action in held.actions:
        yield Fault(f"any AWS account may {ACTS[action]}", field="policy", aspect=action)
    if held.unknown:
        raise NotCollected(
            "Repository.policy", Gap(Reason.UNSUPPORTED, f"cannot tell who may {', '.join(held.unknown)}")
        )
