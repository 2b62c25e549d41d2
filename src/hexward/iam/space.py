"""The space of all requests that some statements can tell apart: its dimensions, and each statement as a box in it.

Actions, resources, callers and each condition key are dimensions; so is each part of a statement that hangs on a policy variable
whose value is not known, with the classes no and yes. Where dimensions hang together, the boxes in `never` hold no request.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

from hexward.iam.box import Box
from hexward.iam.callers import Asker
from hexward.iam.clause import (
    Clause,
    Known,
    always_filled,
    clause,
    filled_resources,
    resource_union,
    wide,
    wide_resources,
)
from hexward.iam.dimension import Dimension, dimension
from hexward.iam.doubt import Answer
from hexward.iam.match import Actions, Resources
from hexward.iam.partition import NONE, WILD, TooMany, Union, classes, of_glob
from hexward.iam.people import OWNER, PERSONAL, Named, same_account, unnamed
from hexward.iam.places import NAMED_ACTION, NO_ARN, account_in, accounts_in, arns, is_about
from hexward.iam.policy import Statement
from hexward.iam.principal import Principals
from hexward.iam.values import values_of

ACTION, RESOURCE, CALLER = "action", "resource", "caller"

type Asks = Callable[[Asker, Principals], Answer]
"""Says whether a Principal element means a caller, for what a statement is used as."""


@dataclass(frozen=True, slots=True)
class Use:
    """A statement and what it is used as; `asks` is None where it names no principals."""

    statement: Statement
    asks: Asks | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about: all requests that meet every one of these, and the callers among whom it asks."""

    actions: tuple[Union, ...]
    resources: tuple[Union, ...]
    askers: Callable[[Named], Sequence[Asker]]
    known: Known
    no_arn: bool = False
    """Ask about a resource that is no ARN, too."""
    wild: bool = False
    """Ask about resources whose names hold `*` or `?` as well, which no request can name."""
    never: tuple[tuple[frozenset[str], Callable[[Asker], bool]], ...] = ()
    """Actions, and callers of whom the question does not ask about these."""


def actions_union(actions: Actions) -> Union:
    """Return an Action element as patterns."""
    return tuple(of_glob(one.lower()) for one in actions.written)


def lower_union(patterns: Iterable[str]) -> Union:
    """Return patterns of actions, in lower case."""
    return tuple(of_glob(one.lower()) for one in patterns)


class Space:
    """The dimensions of a question, and its statements as boxes."""

    def __init__(self, uses: Sequence[Use], scope: Scope, *, cross: bool) -> None:
        """Work the dimensions out; `cross` ties the owner of a resource to the caller. Raises TooMany."""
        self.scope, self.cross = scope, cross
        self.known = dict(scope.known)
        self.uses = uses
        self.resources = [filled_resources(one.statement.resources, self.known) for one in uses]
        self.clauses = [[clause(each, self.known) for each in one.statement.conditions] for one in uses]
        self.parts: dict[str, dict[Hashable, Callable[[object], Answer]]] = {ACTION: {}, RESOURCE: {}, CALLER: {}}
        self.asked: dict[str, list[Clause]] = {}
        self.opaque: dict[str, str] = {}
        self.ties: list[tuple[tuple[str, Hashable, bool], ...]] = []
        """Boxes without requests: in each of these dimensions, the classes inside or outside of a part."""
        self.rows = [self._row(at) for at in range(len(uses))]
        self._tie()
        self.dimensions = {name: self._dimension(name) for name in (*self.parts, *self.opaque)}
        self.empty = any(not one.values for one in self.dimensions.values())
        self.whole: Box = {name: one.whole for name, one in self.dimensions.items()}
        self.boxes = [self.box(row) for row in self.rows]
        self.never = [box for tie in self.ties if (box := self.box(tie)) is not None]

    def box(self, row: Iterable[tuple[str, Hashable, bool]]) -> Box | None:
        """Return the box of some parts, each taken in or left out; None if it is empty."""
        out: Box = {}
        if self.empty:
            return None
        for name, part, inside in row:
            one = self.dimensions[name]
            mask = (one.masks[part] if inside else one.whole & ~one.masks[part]) & out.get(name, one.whole)
            if not mask:
                return None
            if mask != one.whole:
                out[name] = mask
        return out

    def _row(self, at: int) -> tuple[tuple[str, Hashable, bool], ...]:
        """Take a statement apart."""
        statement, asks = self.uses[at].statement, self.uses[at].asks
        row = [self._action(statement.actions), *self._resource(self.resources[at])]
        if statement.principals is not None and asks is not None:
            row.append(self._principals(statement.principals, asks))
        row += [self._opaque(one) if one.opaque else self._clause(one) for one in self.clauses[at]]
        return tuple(row)

    def _action(self, actions: Actions) -> tuple[str, Hashable, bool]:
        part = (actions.excluded, frozenset(one.lower() for one in actions.written))
        self.parts[ACTION].setdefault(part, lambda value: actions.match(str(value)))
        return ACTION, part, True

    def _resource(self, resources: Resources) -> list[tuple[str, Hashable, bool]]:
        """Name the parts of a Resource element; one with unknown variables is a dimension of its own."""
        if resources.everything and not resources.excluded:
            return []
        if not resources.templates:
            return [self._known_resource(resources)]
        plain = (resources.everything, frozenset(one.text for one in resources.patterns))
        cut = frozenset(one.parts for one in resources.templates)
        name = f"opaque:{resources.excluded, sorted(plain[1]), plain[0], sorted(map(repr, cut))}"
        self.opaque[name] = f"{', '.join(one.names() for one in resources.templates)} in a resource"
        kernel = self._known_resource(replace(resources, excluded=False, templates=()))
        around = self._known_resource(replace(wide_resources(resources), excluded=False))
        inner, outer = (around, kernel) if resources.excluded else (kernel, around)
        inside = not resources.excluded
        # Whatever the variables are, the element means no more than this; and no less, if none of them can lack a value.
        self.ties.append(((name, True, True), (*outer[:2], not inside)))
        if always_filled(resources):
            self.ties.append(((name, True, False), (*inner[:2], inside)))
        return [(name, True, True)]

    def _known_resource(self, resources: Resources) -> tuple[str, Hashable, bool]:
        part = (resources.excluded, resources.everything, frozenset(one.text for one in resources.patterns))
        self.parts[RESOURCE].setdefault(part, lambda value: is_about(resources, str(value)))
        return RESOURCE, part, True

    def _principals(self, named: Principals, asks: Asks) -> tuple[str, Hashable, bool]:
        part = (asks, named.excluded, named.everyone, named.canonical, named.names)
        self.parts[CALLER].setdefault(part, lambda value: asks(value, named))  # type: ignore[arg-type]
        return CALLER, part, True

    def _clause(self, one: Clause) -> tuple[str, Hashable, bool]:
        key, condition = one.condition.key, one.condition
        if key in PERSONAL or (key == OWNER and self.cross):
            if not one.base.startswith(("string", "arn", "null")):
                raise TooMany(f"{condition.written} on {condition.named}")
            self.asked.setdefault(CALLER, []).append(one)
            self.parts[CALLER].setdefault(one.signature, lambda value: condition.holds(value.keys))  # type: ignore[attr-defined]
            return CALLER, one.signature, True
        self.asked.setdefault(key, []).append(one)
        asks = self.parts.setdefault(f"key:{key}", {})
        asks.setdefault(one.signature, lambda value: condition.holds({} if value is None else {key: value}))  # type: ignore[dict-item]
        return f"key:{key}", one.signature, True

    def _opaque(self, one: Clause) -> tuple[str, Hashable, bool]:
        name = f"opaque:{one.signature}"
        self.opaque[name] = one.opaque
        around = wide(one)
        if around is not None:
            self.ties.append(((name, True, True), (*self._clause(around)[:2], False)))
        if one.condition.negated and not one.condition.qualifier and not one.condition.if_exists:
            # The same without the negation cannot hold as well; without a value for the variable neither need hold.
            bare = (one.signature[0], one.base.replace("not", ""), *one.signature[2:])
            self.ties.append(((name, True, True), (f"opaque:{bare}", True, True)))
        return name, True, True

    def _tie(self) -> None:
        """Tie owners to the accounts in ARNs, if anything hangs on the owner."""
        self.ties = [tie for tie in self.ties if all(n in self.opaque or n in self.parts for n, _, _ in tie)]
        named = sorted({one for each in self.resources for one in accounts_in(each)})
        caller = self.parts[CALLER]
        for at, (actions, some) in enumerate(self.scope.never):
            self.parts[ACTION]["never", at] = actions.__contains__
            caller["never", at] = some  # type: ignore[assignment]
            self.ties.append(((ACTION, ("never", at), True), (CALLER, ("never", at), True)))
        stranger = unnamed((*named, *self._named().literal()))
        self.owners = (stranger, *named) if named or OWNER in self.asked else ()
        if not self.owners or (not self.cross and OWNER not in self.asked):
            return
        for account in self.owners:
            here, owned = ("account", account), ("owner", account)
            self.parts[RESOURCE][here] = partial(_lies_in, account)
            if self.cross:
                caller[owned] = partial(_is_owned_by, account)
                self.ties.append(((RESOURCE, here, True), (CALLER, owned, False)))
            else:
                asks = self.parts[f"key:{OWNER}"]
                asks[owned] = partial(_is_value, account)
                self.ties.append(((RESOURCE, here, True), (f"key:{OWNER}", owned, False)))

    def _dimension(self, name: str) -> Dimension:
        if name in self.opaque:
            return Dimension((False, True), (0, 0), (self.opaque[name],) * 2, {True: 0b10})
        return dimension(self._values(name), self.parts[name])

    def _values(self, name: str) -> Iterable[object]:
        if name == ACTION:
            return self._actions()
        if name == RESOURCE:
            return self._resources()
        if name == CALLER:
            return self.scope.askers(self._named(self.owners))
        key = name.removeprefix("key:")
        if key in self.known:
            return (self.known[key],)
        found = values_of(self.asked[key])
        return (*found, *((one,) for one in self.owners)) if key == OWNER else found

    def _actions(self) -> Iterator[str]:
        predicates = [actions_union(one.statement.actions) for one in self.uses]
        yield from classes(tuple(dict.fromkeys(predicates)), (*self.scope.actions, NAMED_ACTION), WILD)

    def _resources(self) -> Iterator[str]:
        predicates = [union for one in self.resources if (union := resource_union(wide_resources(one)))]
        predicates += [union for one in self.resources if one.templates and (union := resource_union(one))]
        predicates += same_account(self.owners)
        scope = (*self.scope.resources, arns(predicates, self.scope.resources))
        yield from (
            one
            for one in classes(tuple(dict.fromkeys(predicates)), scope, NONE if self.scope.wild else WILD)
            if self._possible(one)
        )
        if self.scope.no_arn:
            yield NO_ARN

    def _possible(self, resource: str) -> bool:
        """Leave out accounts that no owner has: the stranger's stands for them all."""
        account = account_in(resource)
        return not self.owners or account is None or account in self.owners

    def _named(self, accounts: tuple[str, ...] = ()) -> Named:
        """Return whom and what the statements speak of."""
        principals = tuple(one.statement.principals for one in self.uses if one.statement.principals and one.asks)
        about = self.asked.get(CALLER, ())
        owners = tuple(one for one in about if one.condition.key == OWNER)
        people = tuple(one for one in about if one.condition.key != OWNER)
        return Named(principals, people, owners, accounts)

    def points(self, box: Box, most: int = 16) -> Iterator[Mapping[str, object]]:
        """Yield requests of a box, as a value for each dimension, natural ones first; none where all of them are in doubt."""
        names = [name for name in self.dimensions if name not in self.opaque]
        choices = [self.dimensions[name].settled(box.get(name, self.whole[name]))[0][:8] for name in names]
        for at, point in enumerate(product(*choices)):
            if at >= most:
                return
            yield dict(zip(names, point, strict=True))

    def doubt(self, box: Box) -> str:
        """Return what all requests of a box hang on that is in doubt, or an empty text."""
        for name, mask in box.items():
            if name in self.opaque:
                return self.opaque[name]
            if told := self.dimensions[name].settled(mask)[1]:
                return told
        return ""


def _lies_in(account: str, resource: object) -> bool:
    return account_in(str(resource)) == account


def _is_owned_by(account: str, asker: object) -> bool:
    return isinstance(asker, Asker) and asker.owner == account


def _is_value(account: str, value: object) -> bool:
    return value == (account,)
