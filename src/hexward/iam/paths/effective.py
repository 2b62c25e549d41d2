"""What someone may really do: identity policies, boundary, the organisation's limits and the resource's own policy together.

An answer is yes, no, or a `Doubt` that names what was not seen or is not supported. What hangs on the circumstances of a request (whence
it comes, whether with a second factor) counts as yes, for someone can meet them; `hangs` tells those answers apart.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from hexward.iam.decide import Decision, Verdict, decide
from hexward.iam.doubt import Answer, Doubt, all_of
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.limits import Limits, keys_of
from hexward.iam.lock import Lock, id_of
from hexward.iam.parse import parse
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer
from hexward.iam.principals import Principal, holding, partition_of
from hexward.iam.request import Request
from hexward.iam.rights import FOLLOWS, OPEN, compiled
from hexward.inventory import NotCollected
from hexward.inventory.tags import Tags

DIRECT: Mapping[str, object] = {
    "aws:assumedroot": None,
    "aws:calledvia": None,
    "aws:calledviafirst": None,
    "aws:calledvialast": None,
    "aws:principalisawsservice": False,
    "aws:principalservicename": None,
    "aws:principalservicenameslist": None,
    "aws:securetransport": True,
    "aws:sourceaccount": None,
    "aws:sourcearn": None,
    "aws:viaawsservice": False,
}
"""What a caller's own request holds, whoever calls; None is a key that it lacks."""

TAGS = ("aws:resourcetag/", "iam:resourcetag/", "ec2:resourcetag/")
"""What keys of a resource's tags begin with; `iam:ResourceTag` means tags of users and roles."""

UNTOLD = Doubt("the tags of a resource that is not collected")


class Effective:
    """One principal, with one set of policies, under its organisation's limits."""

    def __init__(self, who: Principal, limits: Limits, own: Mapping[str, object] | None = None) -> None:
        """Compile the policies; `own` is what all requests of this one hold.

        Raises NotCollected where a policy was not seen, and PolicyError where one is malformed.
        """
        self.who = who
        self.limits = limits
        self.own = own or {}
        self.arn = who.arn
        self.policies, self.asked = compiled(who.identity, who.boundary, limits.scps, limits.rcps)
        self._under: dict[tuple[str, tuple[str, ...]], Policies] = {}
        self._asks: dict[str | None, tuple[frozenset[str], tuple[str, ...]]] = {}
        self._known: dict[tuple[object, ...], tuple[Answer, bool]] = {}

    def may(
        self,
        action: str,
        resource: str = "*",
        told: Mapping[str, object] | None = None,
        tags: Tags | Doubt | None = None,
        policy: str | None = None,
    ) -> Answer:
        """Say whether it may do an action, on one resource or on some resource that a pattern means.

        `told` is what the request is about, in lower case. `tags` are the resource's: None if the caller chooses them, a doubt if they
        are not known. `policy` is the resource's own.
        """
        return self._answer(action, resource, told, tags, policy)[0]

    def hangs(
        self,
        action: str,
        resource: str = "*",
        told: Mapping[str, object] | None = None,
        tags: Tags | Doubt | None = None,
        policy: str | None = None,
    ) -> bool:
        """Say whether the answer hangs on circumstances of the request."""
        return self._answer(action, resource, told, tags, policy)[1]

    def opens(self, action: str, lock: Lock, told: Mapping[str, object] | None = None) -> Answer:
        """Say whether it may do an action with a key, by its own policies and the key's, or by a grant."""
        sure = self._answer(action, lock.arn, told, None, lock.policy, lock.lent.sure)[0]
        if sure is not False or lock.policy is None:
            return sure
        more = (*lock.lent.sure, *lock.lent.maybe)
        perhaps = self._answer(action, lock.arn, told, None, lock.policy, more)[0] if lock.lent.maybe else False
        return sure if perhaps is False else Doubt(lock.lent.why)

    def borrows(self, action: str, lock: Lock, told: Mapping[str, object] | None = None) -> str:
        """Return the id of the grant by which alone it may do an action with a key; empty where policies permit it, or nothing does."""
        if not lock.lent.sure or self._answer(action, lock.arn, told, None, lock.policy)[0] is not False:
            return ""
        works = (
            one for one in lock.lent.sure if self._answer(action, lock.arn, told, None, lock.policy, (one,))[0] is True
        )
        return id_of(next(works, ""))

    def _answer(
        self, action: str, resource: str, told: Mapping[str, object] | None, tags: Tags | Doubt | None,
        policy: str | None, grants: tuple[str, ...] = (),
    ) -> tuple[Answer, bool]:  # fmt: skip
        if policy is None and not self.speaks_of(action):
            return False, False
        try:
            asked, tagged = self._asks_under(policy)
            telling = {key: value for key, value in (told or {}).items() if key in asked}
            said = sorted((name, repr(value)) for name, value in telling.items())
            key = (action, resource, policy, grants, _told_by(tags, tagged), *said)
            if key not in self._known:
                context = self._context(asked, tags, telling)
                self._known[key] = self._decided(action, resource, context, policy, grants)
            return self._known[key]
        except (PolicyError, RequestError) as problem:
            return Doubt(" ".join(str(problem).split())[:200]), False

    def _decided(
        self, action: str, resource: str, context: Mapping[str, object], policy: str | None, grants: tuple[str, ...]
    ) -> tuple[Answer, bool]:
        """Ask as the principal; and as each session of it that the resource's own policy names, for whoever takes a role names the session.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session
        """
        policies = self._with(policy, grants)
        answer = answer_of(decide(Request(self.arn, action, resource, context=context), policies))
        if answer[0] is True or policy is None:
            return answer
        known = {**context, "aws:principalarn": self.arn}
        name = self.arn.rpartition("/")[2]
        mine = f"arn:{partition_of(self.who)}:sts::{self.who.account}:assumed-role/{name}/"
        for session in sessions_in(policy).get(name, ()) if ":role/" in self.arn else ():
            if not session.startswith(mine):
                continue
            told = answer_of(decide(Request(session, action, resource, context=known), policies))[0]
            if told is True:
                return True, True
            answer = (told, False) if answer[0] is False else answer
        return answer

    def _asks_under(self, policy: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return the keys that conditions ask for, and those among them of a resource's tags. Raises PolicyError."""
        if policy not in self._asks:
            asked = self.asked if policy is None else self.asked | keys_of(policy)
            self._asks[policy] = asked, tuple(sorted(key for key in asked if key.startswith(TAGS)))
        return self._asks[policy]

    def speaks_of(self, action: str) -> bool:
        """Say whether an identity policy allows an action on anything at all."""
        return self.policies.speaks_of(action.lower())

    def _with(self, policy: str | None, grants: tuple[str, ...]) -> Policies:
        if policy is None:
            return self.policies
        if (policy, grants) not in self._under:
            mine = self.policies
            made = Policies(mine.identity, policy, mine.boundary, None, mine.scps, mine.rcps, grants=grants)
            self._under[policy, grants] = made
        return self._under[policy, grants]

    def _context(
        self, asked: frozenset[str], tags: Tags | Doubt | None, told: Mapping[str, object]
    ) -> Mapping[str, object]:
        if not asked:
            return {}
        known: dict[str, object] = {**DIRECT, **self.limits.told, **self.own, **told}
        context: dict[str, object] = {}
        for key in asked - FOLLOWS - {"aws:username"}:
            if key in known:
                context[key] = known[key]
            elif key.startswith("aws:principaltag/"):
                context[key] = self._own_tag(key)
            elif key.startswith(TAGS):
                context[key] = OPEN if tags is None else tags if isinstance(tags, Doubt) else _tag(tags, key)
            else:
                context[key] = OPEN
        return context

    def _own_tag(self, key: str) -> object:
        """Return the value of a tag of its own; open where whoever takes the role chooses it."""
        try:
            return OPEN if self.who.taggable else _tag(self.who.tags, key)
        except NotCollected as missing:
            return Doubt(str(missing))

    def may_all(self, actions: Iterable[str], resource: str, tags: Tags | Doubt | None = None) -> Answer:
        """Say whether it may do all of some actions on one resource."""
        return all_of(self.may(action, resource, tags=tags) for action in actions)

    def holding(self, documents: Iterable[str]) -> "Effective":
        """Return the same principal with these policies alone; boundary and organisation still limit it."""
        return Effective(holding(self.who, documents), self.limits, self.own)

    def administers(self) -> Answer:
        """Say whether it may do anything in any service, IAM too. A Deny of single actions takes nothing from an administrator."""
        partition, account = partition_of(self.who), self.who.account
        everything = f"arn:{partition}:unheard-of:us-east-1:{account}:any/thing"
        role = f"arn:{partition}:iam::{account}:role/unheard-of"
        wanted = (("unheard-of:AnyAction", everything), ("iam:AttachRolePolicy", role), ("iam:PutRolePolicy", role))
        return all_of(self.may(action, resource, {"iam:permissionsboundary": None}) for action, resource in wanted)


@lru_cache(maxsize=4_096)
def sessions_in(policy: str) -> Mapping[str, tuple[str, ...]]:
    """Return the ARNs of sessions that a resource's policy allows something, by the names of their roles. Raises PolicyError."""
    found: dict[str, tuple[str, ...]] = {}
    for one in parse(policy, Layer.RESOURCE).statements:
        for _, name in one.principals.written if one.allow and one.principals is not None else ():
            kind, _, rest = name.rpartition(":")[2].partition("/")
            if kind == "assumed-role":
                role = rest.partition("/")[0]
                found[role] = (*found.get(role, ()), name)
    return found


def _told_by(tags: Tags | Doubt | None, wanted: tuple[str, ...]) -> object:
    """Return what an answer takes from the tags of a resource, for it to be known by: those alone that some condition asks for."""
    if not wanted:
        return ()
    return tuple(_tag(tags, key) for key in wanted) if isinstance(tags, dict) else tags


def _tag(tags: Tags | None, key: str) -> str | None:
    wanted = key.partition("/")[2]
    return next((value for name, value in (tags or {}).items() if name.lower() == wanted), None)


def answer_of(decision: Decision) -> tuple[Answer, bool]:
    """Read a decision as an answer, and say whether that hangs on circumstances of the request."""
    if decision.verdict is not Verdict.UNKNOWN:
        return decision.verdict is Verdict.ALLOWED, False
    # Several doubts are joined by semicolons: only if all are circumstances can someone meet them.
    if all(part == OPEN.construct for part in decision.construct.split("; ")):
        return True, True
    return Doubt(decision.construct), False
