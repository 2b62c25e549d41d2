"""Repositories of images are open to named accounts alone.

Why: a repository policy for everyone lets any AWS account pull the image, with the code, the weights and the forgotten keys in
it; one that lets everyone push puts a stranger's code behind your endpoint.

Fix: name accounts or roles in the repository's policy, or bind `*` to your organisation by aws:PrincipalOrgID. Accounts that
pulled without being named are refused from then on. A resource control policy that keeps them out counts, where it was seen.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import decided, strangers_context
from hexward.iam import Policies, Request, Verdict
from hexward.iam.document import ALL
from hexward.iam.limits import Limits, limits_of
from hexward.inventory import Inventory, NotCollected, Repository, note
from hexward.model import Fault, Severity

STRANGER = "arn:aws:iam::000000000000:role/anyone"
"""A role of an account that no policy names; an administrator there, so that the repository's policy alone decides."""

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
    policies = Policies(identity=(ALL,), resource=repository.policy, rcps=limits_of(inventory).rcps)
    for action, what in ACTS.items():
        request = Request(STRANGER, action, repository.arn, context=strangers_context(repository.region))
        try:
            open_ = decided(request, policies, "Repository.policy").verdict is Verdict.ALLOWED
        except NotCollected as missing:
            note(missing)
            continue
        if open_:
            yield Fault(f"any AWS account may {what}", field="policy", aspect=action)
