"""Who can do something to one resource: every principal of an account, and everybody outside, against all policies that bear on it.

Each user and role is asked about with its own policies; outsiders with whatever their own accounts permit them, by the policy of the
resource alone. Reading an object under a KMS key takes two requests, one of them to the key.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hexward.iam import glob
from hexward.iam.callers import Asker, asker_of, outsiders
from hexward.iam.clause import Known
from hexward.iam.document import ALL
from hexward.iam.effective import Question, possible
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.guarded import Guarded, assumptions, guarded
from hexward.iam.people import Named
from hexward.iam.policies import Documents, Policies
from hexward.iam.principal import Name, caller
from hexward.iam.principals import Principal, every_principal, partition_of
from hexward.iam.proof import Outcome, Proof, unknown
from hexward.inventory import Inventory, NotCollected

PURPOSE = ("kms:", "s3:", "aws:calledvia", "aws:viaawsservice", "aws:resource")
"""Keys that differ between a request for an object and the one for its key."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an organisation sets above an account: levels, from the root down; None where that was not looked at."""

    scps: Sequence[Documents] | None = None
    rcps: Sequence[Documents] | None = None


def only_these_can(
    principals: Iterable[str],
    actions: Iterable[str],
    resource: str,
    inventory: Inventory,
    limits: Limits = Limits(),
) -> Proof:
    """Prove that nobody but some principals can do any of some actions on any resource of a pattern, or find who else can.

    `principals`: ARNs of users and roles, with whose sessions are meant, and names of services; `actions` and `resource` may be patterns.
    Unknown, never proved, where something was not collected that the answer depends on. Raises PolicyError for a malformed document
    that is not of the inventory, and RequestError for a principal that can make no request and for an action that is none.
    """
    question, spared = Question(tuple(actions), resource), frozenset(principals)
    _check(question.actions, spared)
    try:
        return _Only(spared, question, inventory, limits).proof()
    except NotCollected as missing:
        return unknown(str(missing))


def _check(actions: Sequence[str], principals: Iterable[str]) -> None:
    if not actions:
        raise RequestError("no action is asked about")
    for action in actions:
        service, colon, name = action.partition(":")
        if not (colon and service and name) and not glob.everything(action):
            raise RequestError(f"{action!r} is not an action: service:Name")
    for principal in principals:
        caller(principal)


class _Only:
    """One question, asked of everybody."""

    def __init__(self, spared: frozenset[str], question: Question, inventory: Inventory, limits: Limits) -> None:
        self.spared, self.question, self.inventory, self.limits = spared, question, inventory, limits
        self.places = guarded(question, inventory)

    def proof(self) -> Proof:
        doubts: dict[str, None] = {}
        checked = 0
        for found in self._answers():
            checked += 1
            if found.verdict is Outcome.REFUTED:
                forbidding = tuple(f"{place.unread}: it could forbid this" for place in self.places if place.unread)
                return replace(found, checked=checked, assuming=(*self._assuming(), *forbidding))
            if found.verdict is Outcome.UNKNOWN:
                doubts[found.construct] = None
        doubts |= {place.unread: None for place in self.places if place.unread}
        if doubts:
            return replace(unknown("; ".join(doubts), checked), assuming=self._assuming())
        return Proof(Outcome.PROVED, checked=checked, assuming=self._assuming())

    def _answers(self) -> Iterator[Proof]:
        for place in self.places:
            yield self._outside(place)
            yield from (self._federated(place, name) for name in sorted(place.names()) if name[0] == "federated")
            people = every_principal(self.inventory)
            yield from (unknown(str(gap)) for gap in people.gaps)
            if not self._shut_to_all(place, people.records):
                yield from (self._inside(place, who) for who in people.records if who.arn not in self.spared)

    def _shut_to_all(self, place: Guarded, people: Sequence[Principal]) -> bool:
        """Say whether the resource's policy alone keeps all of them out, whatever their own policies permit."""
        others = [who for who in people if who.arn not in self.spared]
        askers = [one for who in others for one in _askers(who, place) if one.principal not in self.spared]
        around = _policies(place, self.limits, Policies(identity=(ALL,)))
        linked = any(":role/aws-service-role/" in one.principal for one in askers)
        if not askers or linked:
            return False
        return self._possible(place, place.question, askers, around, {}).verdict is Outcome.PROVED

    def _assuming(self) -> tuple[str, ...]:
        """Name what lies outside of the question; the root user only where no policy keeps it out."""
        root = f"arn:{self.inventory.partition}:iam::{self.inventory.account}:root"
        asker = asker_of(root, self.inventory.account, backed=False)
        can = root not in self.spared and any(
            self._possible(place, place.question, (asker,), _policies(place, self.limits), {}).verdict
            is not Outcome.PROVED
            for place in self.places
        )
        return (*(["the account's root user, who can"] if can else []), *assumptions(self.places, self.limits))

    def _possible(
        self, place: Guarded, question: Question, askers: Sequence[Asker], policies: Policies, known: Known
    ) -> Proof:
        try:
            return _ask(place, question, lambda _: askers, askers[0], policies, known)
        except PolicyError as problem:
            return unknown(f"a policy of {askers[0].principal} or of {place.question.resource}: {problem}")

    def _inside(self, place: Guarded, who: Principal) -> Proof:
        """Ask about a user or a role of the account."""
        askers = [one for one in _askers(who, place) if one.principal not in self.spared]
        known: Known = {key: value for key, value in askers[0].keys.items() if isinstance(value, tuple)}
        gap = ""
        try:
            identity, boundary = who.identity, who.boundary
        except NotCollected as missing:
            # What it may do was not seen; that matters only if the other policies leave it room.
            identity, boundary, gap = (ALL,), None, str(missing)
        policies = Policies(identity=identity, boundary=boundary)
        found = self._answer(place, askers, policies, known)
        return unknown(gap) if gap and found.verdict is not Outcome.PROVED else found

    def _federated(self, place: Guarded, name: Name) -> Proof:
        """Ask about a federated user whom the resource's policy names, and who needs nothing else within the account."""
        _, account, user = name
        who = f"arn:{self.inventory.partition}:sts::{account}:federated-user/{user}"
        if account != place.account or who in self.spared:
            return Proof(Outcome.PROVED)
        asker = asker_of(who, place.account, backed=False)
        return self._possible(place, place.question, (asker,), _policies(place, self.limits), {})

    def _answer(self, place: Guarded, askers: Sequence[Asker], policies: Policies, known: Known) -> Proof:
        first = self._possible(place, place.question, askers, _policies(place, self.limits, policies), known)
        if first.verdict is Outcome.PROVED or place.key is None:
            return first
        return self._with_key(place.key, first, askers, policies, known)

    def _with_key(self, key: Guarded, first: Proof, askers: Sequence[Asker], policies: Policies, known: Known) -> Proof:
        """Ask for the key as well: by itself, and in the circumstances in which the object can be had."""
        around = _policies(key, self.limits, policies)
        second = self._possible(key, key.question, askers, around, known)
        if second.verdict is Outcome.PROVED:
            return second
        if first.witness is None or second.witness is None:
            return first if first.witness is None else second
        told = {name.lower(): value for name, value in first.witness.context.items()}
        same = {
            name: (value,) for name, value in told.items() if isinstance(value, str) and not name.startswith(PURPOSE)
        }
        third = self._possible(key, key.question, askers, around, {**known, **same})
        if third.witness is not None:
            return replace(first, because=(*first.because, *third.because))
        return unknown(
            f"whether one caller can have both the object and {key.question.resource} in the same circumstances"
        )

    def _outside(self, place: Guarded) -> Proof:
        """Ask about everybody who is not of the account, whom the resource's own policy must let in."""
        doubts = []
        # Nobody takes a role without credentials of some account.
        for pick in (_strangers, _nobody) if ":role/" in place.question.resource else (_nobody, _strangers):
            found = self._stranger(place, pick)
            if found.verdict is Outcome.REFUTED and not place.shut_known:
                found = unknown(f"whether {place.question.resource} is shut to the public, which was not collected")
            if found.verdict is Outcome.REFUTED:
                return found
            if found.verdict is Outcome.UNKNOWN:
                doubts.append(found.construct)
        return unknown("; ".join(doubts)) if doubts else Proof(Outcome.PROVED)

    def _stranger(self, place: Guarded, pick: Callable[[Asker], bool]) -> Proof:
        account = place.account
        policies = Policies(identity=(ALL,), session=(ALL,))

        def askers(named: Named) -> Sequence[Asker]:
            found = (one for one in outsiders(named, account) if pick(one) and one.principal not in self.spared)
            return tuple(found)

        first = next(one for one in outsiders(Named((), ()), account) if pick(one))
        limits = replace(self.limits, scps=())
        found = _guess(place, limits, policies, askers, first)
        if found.verdict is Outcome.PROVED or place.key is None or first.who.account is None:
            return found
        key = _guess(place.key, limits, policies, askers, first)
        if found.witness is None or key.witness is None:
            return found if key.verdict is Outcome.REFUTED else key
        # It takes one who can have both: whoever was found for the object, or for the key.
        for one, other in ((found, place.key), (key, place)):
            same = asker_of(one.witness.principal, account, backed=True) if one.witness is not None else first
            crossed = _guess(other, limits, policies, lambda _, same=same: (same,), first)  # type: ignore[misc]
            if crossed.witness is not None:
                both = (one, crossed) if one is found else (crossed, one)
                return replace(both[0], because=(*both[0].because, *both[1].because))
        return unknown(f"whether one of another account can have both the object and {place.key.question.resource}")


def _guess(
    place: Guarded, limits: Limits, policies: Policies, askers: Callable[[Named], Sequence[Asker]], first: Asker
) -> Proof:
    try:
        return _ask(place, place.question, askers, first, _policies(place, limits, policies), {})
    except PolicyError as problem:
        return unknown(f"the policy of {place.question.resource}: {problem}")


def _ask(
    place: Guarded, question: Question, askers: Callable[[Named], Sequence[Asker]], first: Asker, policies: Policies,
    known: Known,
) -> Proof:  # fmt: skip
    """Ask with the grants that surely work; where those leave nobody, one that may work must leave nobody either."""
    found = possible(question, askers, first, policies, known)
    if found.verdict is not Outcome.PROVED or not place.lent.maybe:
        return found
    more = replace(policies, grants=(*policies.grants, *place.lent.maybe))
    return (
        found if possible(question, askers, first, more, known).verdict is Outcome.PROVED else unknown(place.lent.why)
    )


def _nobody(one: Asker) -> bool:
    return one.who.account is None


def _strangers(one: Asker) -> bool:
    return one.who.account is not None and one.who.sort != "federated"


def _policies(place: Guarded, limits: Limits, own: Policies | None = None) -> Policies:
    """Return all policies that bear on a request for something."""
    return replace(
        own or Policies(),
        resource=place.policy,
        scps=limits.scps or (),
        rcps=limits.rcps or (),
        grants=place.lent.sure,
        public_access_block=place.shut,
    )


def _askers(who: Principal, place: Guarded) -> tuple[Asker, ...]:
    """Return a user; or a role, and its sessions: any, and those that the resource's policy names."""
    own = asker_of(who.arn, place.account, backed=False)
    if ":role/" not in who.arn:
        return (own,)
    account, name = who.account, who.arn.rpartition("/")[2]
    named = sorted({rest[2] for kind, *rest in place.names() if kind == "session" and rest[:2] == [account, name]})
    partition = partition_of(who)
    sessions = (asker_of(f"arn:{partition}:sts::{account}:assumed-role/{name}/{one}", place.account, backed=False)
                for one in (*named, "x"))  # fmt: skip
    path = {"aws:principalarn": (who.arn,)}
    return (own, *(replace(one, keys={**one.keys, **path}) for one in sessions))
