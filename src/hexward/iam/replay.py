"""A request that seems to refute, put to the evaluator under both documents: nothing is refuted that it does not confirm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hexward.iam.authorization import actions_of, without_resources
from hexward.iam.box import Box
from hexward.iam.callers import Asker
from hexward.iam.decide import Decision, Verdict, decide
from hexward.iam.document import ALL, Document
from hexward.iam.errors import RequestError
from hexward.iam.natural import USUAL, filled
from hexward.iam.people import OWNER
from hexward.iam.places import NO_ARN
from hexward.iam.policies import Policies
from hexward.iam.policy import Cited, Layer
from hexward.iam.principal import Sort
from hexward.iam.proof import Outcome, Proof
from hexward.iam.request import Request
from hexward.iam.space import ACTION, CALLER, RESOURCE, Space

HANDED_ON = '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "*", "Resource": "*"}}'
"""The policy of a key or a role that leaves the decision to an account's identity policies."""


AROUND = {
    Layer.IDENTITY: "the policy of the key or role, which must leave the decision to the account",
    Layer.RESOURCE: "the caller's own policies, which must allow the request too",
}
"""What a request needs besides the two documents, where these alone do not suffice."""
SERVICES = ("s3", "ec2", "iam", "kms", "sagemaker", "bedrock")
NOWHERE = ("arn:aws:x:", "arn:aws:iam:::role/x")
PLACES = {"s3": "arn:aws:s3:::x/x", "iam": "arn:aws:iam::{}:role/x", "sts": "arn:aws:iam::{}:role/x"}
"""Resources that read better than one of no service."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A refutation; `plain` says that nothing but the two documents was needed to see it."""

    proof: Proof
    plain: bool


def requests(space: Space, box: Box, layer: Layer) -> Iterator[tuple[Request, Asker]]:
    """Yield requests of a box, the most natural first."""
    names = {condition.condition.key: condition.condition.named for each in space.clauses for condition in each}
    for point in space.points(box):
        asker = point[CALLER]
        assert isinstance(asker, Asker)  # noqa: S101  (what the dimension of callers holds)
        known = {key: value for key, value in space.known.items() if key not in asker.keys}
        found = known | {name.removeprefix("key:"): value for name, value in point.items() if name.startswith("key:")}
        # Some follow from more than the ARN: the path of a session's role, an id.
        found |= {key: value for key, value in asker.keys.items() if key != OWNER and value != asker.who.keys.get(key)}
        context = {names.get(key, key): _value(value) for key, value in found.items() if isinstance(value, tuple)}
        owner = asker.owner if layer is Layer.RESOURCE else asker.who.account
        yield Request(asker.principal, str(point[ACTION]), str(point[RESOURCE]), owner, context), asker


def _value(value: tuple[str, ...]) -> object:
    return value[0] if len(value) == 1 else list(value)


class Replay:
    """Two documents, ready to be asked about a request."""

    def __init__(self, old: Document, new: Document, layer: Layer, names: tuple[str, str]) -> None:
        """Keep the documents; `names` are what citations call the old one and the new one."""
        self.documents = old, new
        self.layer = layer
        self.names = names
        self._ready: dict[object, tuple[Policies, Policies]] = {}

    def confirmed(self, request: Request, asker: Asker) -> Confirmed | None:
        """Return the refutation, if the evaluator allows the request under the new document and not under the old."""
        for plain in (True, False):
            found = self._decided(request, asker, plain=plain)
            if found is None:
                continue
            named = self._spelt(request, asker, plain=plain)
            old, new = self._decided(named, asker, plain=plain) or found
            because = (*self._cited(new, 1), *self._cited(old, 0))
            return Confirmed(
                Proof(Outcome.REFUTED, named, because, assuming=() if plain else (AROUND[self.layer],)), plain
            )
        return None

    def _decided(self, request: Request, asker: Asker, *, plain: bool) -> tuple[Decision, Decision] | None:
        try:
            old, new = (decide(request, policies) for policies in self._policies(asker, plain=plain))
        except RequestError:
            return None
        refutes = new.verdict is Verdict.ALLOWED and old.verdict in {
            Verdict.IMPLICITLY_DENIED,
            Verdict.EXPLICITLY_DENIED,
        }
        return (old, new) if refutes else None

    def _policies(self, asker: Asker, *, plain: bool) -> tuple[Policies, Policies]:
        """Return the documents by themselves, or with all around them open, so that they alone decide."""
        federated = asker.who.sort is Sort.FEDERATED
        key = (plain, federated, asker.who.account)
        if key not in self._ready:
            around: Mapping[str, object] = {}
            if self.layer is Layer.RESOURCE and not plain:
                around = {"identity": (ALL,), "session": (ALL,) if federated else None}
            elif not plain:
                around = {"resource": HANDED_ON % asker.who.account}
            old, new = self.documents
            self._ready[key] = self._made(old, around), self._made(new, around)
        return self._ready[key]

    def _made(self, document: Document, around: Mapping[str, object]) -> Policies:
        if self.layer is Layer.RESOURCE:
            return Policies(resource=document, **around)  # type: ignore[arg-type]
        return Policies(identity=(document,), **around)  # type: ignore[arg-type]

    def _cited(self, decision: Decision, which: int) -> tuple[Cited, ...]:
        layer = "resource" if self.layer is Layer.RESOURCE else "identity"
        own = (one for one in decision.because if one.policy.startswith(layer))
        return tuple(replace(one, policy=self.names[which]) for one in own)

    def _spelt(self, request: Request, asker: Asker, *, plain: bool) -> Request:
        """Return the same request with an action as AWS spells it, and a resource of its service, if such are as good."""
        service = request.action.partition(":")[0]
        known = actions_of(service) or USUAL
        own = [one for one in known if one.lower() == request.action]
        for action in own or known:
            named = replace(request, action=action)
            if self._decided(named, asker, plain=plain) is not None:
                return self._placed(named, asker, plain=plain)
        return request

    def _placed(self, request: Request, asker: Asker, *, plain: bool) -> Request:
        """Return the request with a resource that reads better; where it is no ARN, with an action that knows no resources."""
        service = request.action.partition(":")[0]
        others = [replace(request, resource=one) for one in filled(request)]
        if request.resource == NO_ARN:
            known = [request.action] + [
                one for each in (service, *SERVICES) for one in actions_of(each) if _untyped(one)
            ]
            others = [replace(request, action=one, resource="*") for one in known if _untyped(one)]
        elif request.resource.startswith(NOWHERE):
            own = PLACES.get(service, f"arn:aws:{service}:us-east-1:{{}}:x")
            found = (own.format(request.resource_account or ""), f"arn:aws:{service}:::x")
            others = [*(replace(request, resource=one) for one in found), *others]
        return next((one for one in others if self._decided(one, asker, plain=plain) is not None), request)


def _untyped(action: str) -> bool:
    return action.lower() in without_resources(action.partition(":")[0])
