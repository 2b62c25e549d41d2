"""A second evaluator, as slow and plain as can be, written from the flow charts of AWS's documentation.

It shares no code with the first: no compiling, no index, no three values. Where the documentation leaves open what a policy
variable without a value does ("might cause the entire statement to be invalid"), it is run once for each reading, `strict`
and not, and so it is for what a `*` at the end of a field means in a Resource element ("it can expand to match beyond the colon
boundaries"), and for whom a Deny means by the user who federated them; `Seen.unresolved` tells that such a thing was met.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from hexward.iam import Policies, Request
from tests.iam.naive_statement import Seen, home, ladder, owner, ways

RCP_SERVICES = {"s3", "kms", "sts"}


def evaluate(request: Request, policies: Policies, *, strict: bool, expands: bool) -> tuple[str, str, bool]:
    """Return verdict, what blocks, and whether a variable without a value was met, or an ARN that some `*` means only if it expands."""
    seen = Seen(request, strict, expands)
    verdict, layer = Evaluation(seen, policies).run()
    return verdict, layer, seen.unresolved


class Evaluation:
    """The flow chart."""

    def __init__(self, seen, policies):
        self.seen, self.policies, self.request = seen, policies, seen.request
        principal, self.action = self.request.principal, self.request.action.lower()
        self.person = principal.startswith("arn:")
        self.root = principal.endswith(":root")
        self.federated = ":federated-user/" in principal
        self.linked = "role/aws-service-role/" in principal
        self.service = self.action.split(":")[0]
        self.bounded = policies.boundary is not None and self.person and not self.root

    def layers(self):
        """Return all documents that can deny, by layer, in the order in which they are told."""
        p = self.policies
        out = []
        if self.person and not self.linked:
            out.append(("scp", [d for level in p.scps for d in level]))
        if self.service in RCP_SERVICES and self.action != "kms:retiregrant" and not self.linked:
            out.append(("rcp", [d for level in p.rcps for d in level]))
        if self.person and not self.root:
            out.append(("boundary", list(p.boundary or ())))
        if self.person:
            out.append(("session", list(p.session or ())))
        out.append(("endpoint", list(p.endpoint or ())))
        keeps = {"s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"}
        if not (self.root and self.action in keeps and home(self.request) == owner(self.request)):
            out.append(("resource", [p.resource] if p.resource else []))
        if self.person and not self.root:
            out.append(("identity", list(p.identity)))
        return out

    def run(self):
        """Decide."""
        if self.action == "sts:getcalleridentity" and self.person:
            return "allowed", "none"
        if self.action == "sts:getsessiontoken" and self.person:
            user = self.request.principal.split(":")[5].startswith("user/")
            return ("allowed", "none") if self.root or user else ("implicitly_denied", "identity")
        denied = [
            layer for layer, documents in self.layers() if ways(documents, "Deny", self.seen, bounded=self.bounded)
        ]
        if denied:
            return "explicitly_denied", denied[0]
        closed = [layer for layer, levels in self.guards() for level in levels if not ways(level, "Allow", self.seen)]
        if self.root and self.action == "sts:assumerole":
            closed.append("identity")
        if closed:
            return "implicitly_denied", closed[0]
        return self.granted()

    def granted(self):
        """Look for a grant."""
        granted = ways([self.policies.resource], "Allow", self.seen) if self.policies.resource else []
        if not self.person:
            return ("allowed", "none") if granted else ("implicitly_denied", "resource")
        if home(self.request) != owner(self.request):
            return self.identity() if granted else ("implicitly_denied", "resource")
        return self.same_account(granted)

    def guards(self):
        """Return the levels that must allow, before anything is granted."""
        p = self.policies
        if self.service in RCP_SERVICES and self.action != "kms:retiregrant" and not self.linked:
            yield "rcp", p.rcps
        if self.person and not self.linked:
            yield "scp", p.scps
        if p.endpoint is not None:
            yield "endpoint", [p.endpoint]

    def same_account(self, granted):
        """Apply the table of resource-based policies within one account."""
        own = ladder(self.request)[0]
        if "everyone" in granted or (own in granted and ":role/" not in own):
            return "allowed", "none"
        account = f"arn:aws:iam::{home(self.request)}:root"
        if any(way != account for way in granted):
            return self.limits()
        return (
            self.identity() if account in granted or not self.needs_own_grant() else ("implicitly_denied", "resource")
        )

    def needs_own_grant(self):
        """Say whether the resource is a key that is used, or a role that is taken."""
        resource = self.request.resource
        return (self.service == "kms" and ":key/" in resource) or (self.service == "sts" and ":role/" in resource)

    def identity(self):
        """Ask the principal's own policies."""
        if self.root:
            return "allowed", "none"
        if not ways(self.policies.identity, "Allow", self.seen):
            return "implicitly_denied", "identity"
        return self.limits()

    def limits(self):
        """Ask what limits them."""
        p = self.policies
        if p.boundary is not None and not ways(p.boundary, "Allow", self.seen):
            return "implicitly_denied", "boundary"
        if p.session is not None and not ways(p.session, "Allow", self.seen):
            return "implicitly_denied", "session"
        if p.session is None and self.federated:
            return "implicitly_denied", "session"
        return "allowed", "none"
