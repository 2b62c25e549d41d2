"""Values for the policy variables of a question, in search of a request that refutes: a few likely ones, never all.

A question about variables is proved with whatever value they may have; it is refuted by one value, which then stands in the request.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from hexward.iam.callers import Asker, asker_of
from hexward.iam.clause import Clause, Known, clause
from hexward.iam.people import PERSONAL, Named
from hexward.iam.policy import Statement
from hexward.iam.principal import Sort, caller
from hexward.iam.values import values_of
from hexward.iam.variables import Template, Values, Variable

MOST = 24
"""Assignments that are tried."""

type Askers = Callable[[Named], Sequence[Asker]]


def assignments(statements: Sequence[Statement], askers: Askers) -> Iterator[tuple[Known, Askers]]:
    """Yield what the variables may stand for, and the callers whom that fits."""
    templates = [template for one in statements for template in one.resources.templates]
    templates += [template for one in statements for each in one.conditions for template, _ in each.templates]
    keys = sorted({part.key for one in templates for part in one.parts if isinstance(part, Variable)})
    if not keys:
        return
    hints = _Hints(statements, templates)
    free = [key for key in keys if key not in PERSONAL]
    choices = [hints.values(key) for key in free]
    people = [None] if len(free) == len(keys) else hints.people(askers)
    for values, asker in islice(product(product(*choices), people), MOST):
        known: dict[str, Values] = dict(zip(free, values, strict=True))
        if asker is None:
            yield known, askers
        else:
            yield {**asker.keys, **known}, _only(asker)


def _only(asker: Asker) -> Askers:
    return lambda _: (asker,)


@dataclass(frozen=True, slots=True)
class _Hints:
    """What the policies say that could stand in the place of a variable."""

    statements: Sequence[Statement]
    templates: Sequence[Template]

    def values(self, key: str) -> list[tuple[str, ...]]:
        """Return likely values of a key: those that conditions name, those that resources have in its place, and any other."""
        about = [one for one in self._clauses() if one.condition.key == key and not one.opaque]
        found = [value for value in values_of(about) if isinstance(value, tuple) and any(value)] if about else []
        return list(dict.fromkeys((*found[:3], *((one,) for one in self._in_place_of(key)), ("x",))))

    def people(self, askers: Askers) -> list[Asker]:
        """Return a few callers whose names can stand for variables: users first, for they have all of them."""
        named = tuple(one.principals for one in self.statements if one.principals is not None)
        about = tuple(one for one in self._clauses() if one.condition.key in PERSONAL and not one.opaque)
        people = [one for one in askers(Named(named, about)) if one.who.account is not None]
        likely = [*self._in_place_of("aws:username"), "x"]
        first = next(iter(people))
        users = [
            asker_of(f"arn:aws:iam::{first.who.account}:user/{name}", first.owner, backed=first.backed)
            for name in likely
        ]
        rest = sorted(people, key=lambda one: caller(one.principal).sort is not Sort.USER)[:6]
        return [*users, *rest]

    def _clauses(self) -> Iterator[Clause]:
        return (clause(each, {}) for one in self.statements for each in one.conditions)

    def _in_place_of(self, key: str) -> Iterable[str]:
        """Return what literal texts have where a template has the variable."""
        texts = [pattern.text for one in self.statements for pattern in one.resources.patterns]
        texts += [value for one in self.statements for each in one.conditions for value in each.values]
        found: dict[str, None] = {}
        for template in self.templates:
            first, *rest = [*template.parts, ""]
            if isinstance(first, str) and rest and isinstance(rest[0], Variable) and rest[0].key == key:
                place = re.compile(re.escape(first) + r"([^/:*?$]+)")
                found |= {match[1]: None for text in texts if (match := place.match(text))}
            if isinstance(first, Variable) and first.key == key:
                found |= {text: None for text in texts if re.fullmatch(r"[^/:*?$]+", text)}
        return list(found)[:3]
