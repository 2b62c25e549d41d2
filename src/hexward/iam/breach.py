"""Whether guardrails stop a breach: a row of steps, of which the intruder needs every one, whatever else the requests may hold.

The guardrail against wildcards cannot say "nobody may write a policy of Action `*` on Resource `*`": no condition key shows an SCP what
the text of a policy says, neither of one that is put in line nor of a new version. What can be seen is the ARN of a managed policy that is
attached (`iam:PolicyARN`), and who acts. So it denies attaching the broad policies of AWS, and denies writing policies at all, to everyone
but the role that deploys.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from hexward.iam.callers import Asker, asker_of, holders
from hexward.iam.clause import Known, clause
from hexward.iam.condition import condition
from hexward.iam.decide import Verdict, decide
from hexward.iam.document import ALL, ALL_TO_ALL, Document
from hexward.iam.effective import Question, possible
from hexward.iam.people import STRANGERS, Named
from hexward.iam.policies import Policies
from hexward.iam.policy import Cited
from hexward.iam.proof import Outcome, Proof, unknown
from hexward.iam.request import Request


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to take a step: any of these actions, on some resource of a pattern.

    `context` holds keys whose value is certain, None for one that is absent; whatever it leaves out is free.
    """

    actions: tuple[str, ...]
    resource: str
    context: Mapping[str, str | None] = {}


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step, and the ways to take it, of which the intruder needs one."""

    says: str
    ways: tuple[Way, ...]


class Breach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A breach of which the intruder needs every step; `not_by` are patterns of principals that are not the intruder's."""

    says: str
    steps: tuple[Step, ...]
    not_by: tuple[str, ...] = ()
    loss_usd: int | None = None


@cache
def breaches() -> dict[str, Breach]:
    """Return the breaches that this package knows, by name."""
    return msgspec.json.decode(files("hexward.iam").joinpath("breaches.json").read_bytes(), type=dict[str, Breach])


@cache
def guardrails() -> dict[str, str]:
    """Return the service control policies that this package knows, by name, as JSON."""
    found = msgspec.json.decode(
        files("hexward.iam").joinpath("guardrails.json").read_bytes(), type=dict[str, msgspec.Raw]
    )
    return {name: bytes(document).decode() for name, document in found.items()}


def prove_blocked(breach: Breach, policies: Sequence[Document]) -> Proof:
    """Prove that service control policies deny some step of a breach, in every way and whatever a request holds that is free.

    The policies stand on one level beside AWS's FullAWSAccess, over a member account. `because` cites the Denies that a typical request
    of the step meets; where the breach goes through, `steps` holds a request for every step. Raises PolicyError.
    """
    around = Policies(identity=(ALL,), resource=ALL_TO_ALL, scps=((ALL, *policies),))
    passed: list[Request] = []
    doubts = []
    for step in breach.steps:
        found = [_way(way, breach.not_by, around) for way in step.ways]
        if all(one.verdict is Outcome.PROVED for one in found):
            return Proof(Outcome.PROVED, because=_cited(step, around), checked=len(found))
        passed += [one.witness for one in found if one.witness is not None][:1]
        if not any(one.witness for one in found):
            doubts += [one.construct for one in found if one.construct]
    if doubts:
        return unknown("; ".join(dict.fromkeys(doubts)))
    return Proof(Outcome.REFUTED, passed[0] if passed else None, steps=tuple(passed))


def _way(way: Way, not_by: Sequence[str], around: Policies) -> Proof:
    known: Known = {key.lower(): None if value is None else (value,) for key, value in way.context.items()}
    return possible(Question(way.actions, way.resource), _ordinary(not_by), _anyone(), around, known)


def _anyone() -> Asker:
    return asker_of(f"arn:aws:iam::{STRANGERS[0]}:role/x", STRANGERS[0], backed=False)


def _ordinary(not_by: Sequence[str]) -> Callable[[Named], Sequence[Asker]]:
    """Return what finds the callers: every user and role that the policies tell apart, but for those that are not the intruder's."""
    apart = (
        clause(condition("ArnLike", "aws:PrincipalArn", list(not_by), "not_by", variables=False), {})
        if not_by
        else None
    )

    def askers(named: Named) -> Sequence[Asker]:
        about = Named(named.principals, (*named.clauses, *([apart] if apart else [])), named.owners, named.accounts)
        found = [asker_of(one.principal, one.who.account, backed=False) for one in holders(about)]
        return [one for one in found if apart is None or apart.condition.holds(one.keys) is False]

    return askers


def _cited(step: Step, around: Policies) -> tuple[Cited, ...]:
    """Return the Denies that typical requests of a step meet."""
    out: dict[Cited, None] = {}
    for way in step.ways:
        for action in way.actions:
            place = way.resource.replace("*", "x")
            decision = decide(Request(_anyone().principal, action, place, STRANGERS[0], way.context), around)
            if decision.verdict is Verdict.EXPLICITLY_DENIED:
                out |= dict.fromkeys(decision.because)
    return tuple(out)
