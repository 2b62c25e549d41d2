"""A second answer to whether a document allows something that another does not, by cvc5, an SMT solver with a theory of strings.

It shares nothing with the first engine but the question: it reads the JSON, and has no classes, boxes or compiled policies. What it does
not encode (policy variables, keys that are compared as values of two types) it has no opinion on. Needs the extra `prove`.

https://cvc5.github.io/docs/latest/api/python/pythonic/pythonic.html
"""

import importlib
import json
from collections.abc import Mapping
from typing import Any

from hexward.iam.proof import Outcome, Proof, unknown
from hexward.iam.second_caller import Callers
from hexward.iam.second_condition import Keys
from hexward.iam.second_text import NoOpinion, Texts
from hexward.model import UsageError

LIMIT_MILLISECONDS = 5_000
FREE = ("sts:getcalleridentity", "sts:getsessiontoken")
KEEPS = ("s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy")

type Json = Mapping[str, Any]


def second_opinion(old: str, new: str, kind: str, limit_milliseconds: int = LIMIT_MILLISECONDS) -> Outcome | None:
    """Say whether the new document, as JSON, allows nothing that the old one does not; None for no opinion.

    Raises UsageError where cvc5 is not installed.
    """
    try:
        smt = importlib.import_module("cvc5.pythonic")
    except ImportError as error:
        raise UsageError("a second opinion needs cvc5: install hexward[prove]") from error
    try:
        return _Question(smt, json.loads(old), json.loads(new), kind).answer(limit_milliseconds)
    except NoOpinion:
        return None


def confirmed(proof: Proof, old: str, new: str, kind: str, *, both_ways: bool) -> Proof:
    """Return a proof on which both engines agree; where they do not, or one has no opinion, it is unknown."""
    opinions = [second_opinion(old, new, kind)]
    if both_ways:
        opinions.append(second_opinion(new, old, kind))
    if None in opinions or Outcome.UNKNOWN in opinions:
        second = None if Outcome.REFUTED not in opinions else Outcome.REFUTED
    else:
        second = Outcome.REFUTED if Outcome.REFUTED in opinions else Outcome.PROVED
    if second is proof.verdict or proof.verdict is Outcome.UNKNOWN:
        return proof
    if second is None:
        return unknown(
            "no second opinion: cvc5 found no answer in time, or the policies say what it is not asked about"
        )
    return unknown(f"the second opinion is {second}, the first {proof.verdict}")


class _Question:
    """One request, as variables of the solver, and what each document says to it."""

    def __init__(self, smt: Any, old: Json, new: Json, kind: str) -> None:  # noqa: ANN401  (a module)
        self.smt, self.old, self.new = smt, old, new
        self.resource_kind = kind == "resource"
        self.texts = Texts(smt)
        self.action = smt.String("action")
        self.arn = smt.Bool("arn")
        self.fields = [smt.String(f"field{at}") for at in range(6)]
        self.statements = {id(one): _listed(one["Statement"]) for one in (old, new)}
        everything = [each for one in self.statements.values() for each in one]
        self.trust = self.resource_kind and not any("Resource" in one or "NotResource" in one for one in everything)
        self.callers = Callers(smt, self.texts, everything, holders_only=not self.resource_kind)
        self.keys = Keys(
            smt, self.texts, [(one, self._variables(doc)) for doc in (old, new) for one in self.statements[id(doc)]]
        )
        for key, value in self.callers.keys.items():
            self.keys.derive(key, *value)

    def answer(self, limit_milliseconds: int) -> Outcome:
        """Ask the solver for a request that the new document allows and the old one does not."""
        smt = self.smt
        solver = smt.Solver()
        solver.setOption("tlimit-per", limit_milliseconds)
        new, old = self._allows(self.new), self._allows(self.old)
        for rule in (*self._rules(), *self.callers.rules, *self.keys.rules):
            solver.add(rule)
        solver.add(new, smt.Not(old))
        found = str(solver.check())
        return {"sat": Outcome.REFUTED, "unsat": Outcome.PROVED}.get(found, Outcome.UNKNOWN)

    def _rules(self) -> list[Any]:
        """Say what an action and a resource look like, and how the owner of a resource follows from its ARN."""
        smt, texts = self.smt, self.texts
        partition, service, region, account, rest = self.fields[1:]
        prefix = texts.plus(texts.without(":*?"))
        rules = [
            smt.InRe(self.action, texts.row(prefix, smt.Re(":"), texts.plus(texts.without("*?")))),
            self.fields[0] == smt.StringVal("arn"),
            texts.any_(partition == smt.StringVal(one) for one in ("aws", "aws-cn", "aws-us-gov")),
            smt.InRe(service, prefix),
            smt.InRe(region, smt.Star(texts.without(":*?"))),
            smt.InRe(account, smt.Star(texts.without(":*?"))),
            smt.InRe(rest, texts.plus(texts.without("*?"))),
            smt.Not(smt.And(self.callers.personal, texts.any_(self._does(one) for one in FREE))),
            smt.Not(smt.And(self.callers.root, self._does("sts:assumerole"))),
            smt.Not(smt.And(self.callers.root, self.callers.home, texts.any_(self._does(one) for one in KEEPS))),
        ]
        numbered = smt.And(self.arn, smt.InRe(account, texts.account))
        owner = self.callers.owner if self.resource_kind else None
        if owner is not None:
            rules.append(smt.Implies(numbered, smt.And(self.callers.owned, owner == account)))
        elif "aws:resourceaccount" in self.keys.free:
            rules.append(smt.Implies(numbered, self.keys.is_("aws:resourceaccount", account)))
        if self.trust:
            rules += [
                self.arn,
                service == smt.StringVal("iam"),
                smt.InRe(rest, texts.glob("role/?*")),
                region == smt.StringVal(""),
            ]
        return rules

    def _does(self, action: str) -> Any:  # noqa: ANN401
        return self.action == self.smt.StringVal(action)

    def _variables(self, document: Json) -> bool:
        return document.get("Version") == "2012-10-17"

    def _allows(self, document: Json) -> Any:  # noqa: ANN401
        """Encode what one document allows: an Allow that suffices, and no Deny."""
        smt, texts = self.smt, self.texts
        variables = self._variables(document)
        allows: list[Any] = []
        denies: list[Any] = []
        for one in self.statements[id(document)]:
            about = [
                self._actions(one),
                self._resources(one, variables=variables),
                self.keys.holds(one, variables=variables),
            ]
            if self.resource_kind:
                about.append(self.callers.granted(one) if one["Effect"] == "Allow" else self.callers.denied(one))
            (allows if one["Effect"] == "Allow" else denies).append(texts.all_(about))
        if self.resource_kind and not self.trust:
            allows.append(smt.And(self.callers.own_right, smt.Not(self._own_grant())))
        return smt.And(texts.any_(allows), smt.Not(texts.any_(denies)))

    def _own_grant(self) -> Any:  # noqa: ANN401
        """Keys and roles are reached by their own policies alone."""
        smt, texts = self.smt, self.texts

        def kept(prefix: str, service: str, kind: str) -> Any:  # noqa: ANN401
            is_kind = texts.any_(
                (self.fields[5] == smt.StringVal(kind), smt.InRe(self.fields[5], texts.glob(f"{kind}/*")))
            )
            ours = smt.InRe(self.action, texts.glob(f"{prefix}:*"))
            return texts.all_((ours, self.arn, self.fields[2] == smt.StringVal(service), is_kind))

        return texts.any_((kept("kms", "kms", "key"), kept("sts", "iam", "role")))

    def _actions(self, one: Json) -> Any:  # noqa: ANN401
        name = "Action" if "Action" in one else "NotAction"
        hit = self.texts.any_(self.smt.InRe(self.action, self.texts.glob(each.lower())) for each in _listed(one[name]))
        return hit if name == "Action" else self.smt.Not(hit)

    def _resources(self, one: Json, *, variables: bool) -> Any:  # noqa: ANN401
        smt, texts = self.smt, self.texts
        name = "NotResource" if "NotResource" in one else "Resource"
        if name not in one:
            return smt.BoolVal(True)  # noqa: FBT003
        hits = []
        for each in _listed(one[name]):
            if not each.strip("*"):
                hits.append(smt.BoolVal(True))  # noqa: FBT003
                continue
            split = each.split(":", 5)
            split += ["*"] * (6 - len(split))
            texts.refuse_variables(each, variables=variables)
            parts = [
                smt.InRe(field, texts.glob(piece, variables=variables))
                for field, piece in zip(self.fields, split, strict=True)
                if piece != "*"
            ]
            hits.append(texts.all_((self.arn, *parts)))
        hit = texts.any_(hits)
        return hit if name == "Resource" else smt.Not(hit)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]
