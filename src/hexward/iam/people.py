"""Everybody with an account, as far as a question's policies tell them apart: accounts, and in each its users, roles and sessions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from hexward.iam import glob
from hexward.iam.clause import Clause
from hexward.iam.partition import ACCOUNT, DIGIT, MANY, Regular, Step, TooMany, Union, classes, of_arn, of_glob, text
from hexward.iam.principal import ACCOUNT as DIGITS
from hexward.iam.principal import Name, Principals

STRANGERS = ("444455556666", "777788889999")
"""An account of callers and one of owners that few policies name; they are AWS's own examples."""

ARN, USERID = "aws:principalarn", "aws:userid"
PERSONAL = frozenset({ARN, "aws:principalaccount", "aws:principaltype", "aws:username", USERID})
"""Keys that follow from who makes the request."""
OWNER = "aws:resourceaccount"


@dataclass(frozen=True, slots=True)
class Named:
    """Whom and what a question's policies speak of: principals, conditions on who asks, conditions on the owner, accounts of resources."""

    principals: tuple[Principals, ...]
    clauses: tuple[Clause, ...]
    owners: tuple[Clause, ...] = ()
    accounts: tuple[str, ...] = ()
    """Of these the first is nobody's that is named, if there are any."""

    def names(self) -> tuple[Name, ...]:
        """Return every principal that is named, each once."""
        return tuple(sorted(frozenset[Name]().union(*(one.names for one in self.principals))))

    def about(self, key: str) -> tuple[Clause, ...]:
        """Return the conditions on one key."""
        return tuple(one for one in self.clauses if one.condition.key == key)

    def literal(self) -> tuple[str, ...]:
        """Return every account that is written out: of principals, in their ARNs and ids, and of owners."""
        found = {rest[0]: None for kind, *rest in self.names() if kind not in {"service", "provider", "deleted"}}
        for one in (*self.clauses, *self.owners):
            found |= dict.fromkeys(field for value in one.patterns for field in value.split(":") if DIGITS.match(field))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Person:
    """A principal with an account; `path` is the ARN of the role behind a session, where that has a path."""

    arn: str
    path: str = ""

    @property
    def home(self) -> str:
        """Return the account."""
        return self.arn.split(":")[4]


def people(named: Named) -> Iterator[Person]:
    """Yield principals with an account: for each account its users, roles, sessions, federated users and its root user."""
    unions = [*_predicates(named)]
    written = _written(named)
    paths = bool(named.about(ARN))
    for partition, account in product(_partitions(named), accounts(named)):
        iam, sts = f"arn:{partition}:iam::{account}:", f"arn:{partition}:sts::{account}:"
        for kind in ("role/", "user/"):
            own = written.get(iam + kind, {})
            # Of those who share a name with someone written, only who is written can exist.
            free = (one for one in _classes(unions, (*text(iam + kind), *NAME)) if _name(one) not in own)
            found = [*dict.fromkeys((*free, *(one for some in own.values() for one in some)))]
            yield from map(Person, found)
            if kind == "role/":
                yield from _sessions(found, sts, named, paths=paths)
        yield from map(Person, _classes(unions, (*text(f"{sts}federated-user/"), *PLAIN)))
        yield Person(f"{iam}root")


def _sessions(roles: Iterable[str], sts: str, named: Named, *, paths: bool) -> Iterator[Person]:
    """Yield sessions of roles: any, and those that are named; `paths` says whether the ARN of the role behind one is asked for."""
    account = sts.split(":")[4]
    seen: dict[Person, None] = {}
    for role in roles:
        name = _name(role)
        behind = role if paths and not role.endswith(f":role/{name}") else ""
        sessions = [rest[2] for kind, *rest in named.names() if kind == "session" and rest[:2] == [account, name]]
        seen |= {Person(f"{sts}assumed-role/{name}/{session}", behind): None for session in ("x", *sessions)}
    yield from seen


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _written(named: Named) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the ARNs that policies give to users and roles, by account and name: no two of an account have the same name."""
    out: dict[str, dict[str, list[str]]] = {}
    for one in sorted({entry for each in named.principals for _, entry in each.written if entry.startswith("arn:")}):
        start, kind, name = one.partition(":user/" if ":user/" in one else ":role/")
        if kind and ":iam:" in start and name:
            out.setdefault(start + kind, {}).setdefault(_name(name), []).append(one)
    return out


COLON: Step = (frozenset(":"), False, False)
LETTER = (frozenset(":*?/"), True, False)
LETTERS = (frozenset(":*?/"), True, True)
PATH = (frozenset(":*?"), True, True)
PLAIN: Regular = (LETTER, LETTERS)
NAME: Regular = (PATH, LETTER, LETTERS)
"""A name, behind a path or none."""


def _classes(unions: Sequence[Union], scope: Regular) -> Iterator[str]:
    for one in classes(tuple(unions), ((scope,),)):
        yield from dict.fromkeys((one.replace("//", "/x/"), one))


def _predicates(named: Named) -> Iterator[Union]:
    """Yield patterns on a principal's ARN for each thing that is said of it: of the ARN, its account, its user name, its name."""
    for one in named.about("aws:principalarn"):
        yield one.unions()
    for one in named.about("aws:username"):
        yield tuple(pattern for value in one.unions() for pattern in _named_by("user", value))
    for one in named.about(USERID):
        # The id of a federated user is its account and its name.
        names = (value[value.index(COLON) + 1 :] for value in one.unions() if COLON in value)
        yield tuple((MANY, *text(":federated-user/"), *name) for name in names)
    for kind, *rest in named.names():
        if kind in {"user", "role"}:
            yield tuple(_named_by(kind, text(rest[1])))
        if kind == "session":
            yield tuple(_named_by("role", text(rest[1])))
        if kind in {"user", "federated"}:
            yield ((MANY, *text(":federated-user/"), *text(rest[1])),)


def _named_by(kind: str, name: Regular) -> tuple[Regular, Regular]:
    """Return patterns of the ARNs of users or roles of a name, without and with a path."""
    return (MANY, *text(f":{kind}/"), *name), (MANY, *text(f":{kind}/"), MANY, *text("/"), *name)


def _partitions(named: Named) -> tuple[str, ...]:
    fields = (value.split(":")[1] for one in named.about("aws:principalarn") for value in one.patterns if ":" in value)
    written = (entry.split(":")[1] for one in named.principals for _, entry in one.written if ":" in entry)
    return tuple(dict.fromkeys(("aws", *(one for one in (*fields, *written) if one and not glob.wild(one)))))


def accounts(named: Named) -> tuple[str, ...]:
    """Return accounts of callers: all that are named, and one for each class that conditions tell apart, on callers and on owners."""
    return tuple(dict.fromkeys((STRANGERS[0], *named.accounts, *_classes_of_accounts(named))))


def _classes_of_accounts(named: Named) -> tuple[str, ...]:
    """Return all accounts that are named, and one of each class of others: of callers and of owners alike, for most are at home."""
    fields = [
        one
        for clause in named.about(ARN)
        for value in clause.patterns
        for one in [*value.split(":"), "", "", "", "", ""][4:5]
    ]
    literal = named.literal()
    about = (*named.about("aws:principalaccount"), *named.owners)
    unions = [union for one in about if (union := one.unions())]
    unions += [(of_glob(one),) for one in fields if one and one != "*" and one not in literal]
    if not unions and STRANGERS[0] not in literal:
        return literal
    # Whoever is named stands for nobody else of a class.
    unions += [(text(one),) for one in (*literal, *named.accounts)]
    return (*literal, *classes(tuple(dict.fromkeys(unions)), ((ACCOUNT,),)))


def refuse_ids(named: Named) -> None:
    """Raise TooMany for patterns of ids that some root users or federated users may have: theirs begin with their account."""
    for one in named.about(USERID):
        for value in one.unions():
            head = value[: value.index(COLON)] if COLON in value else value
            if head and value != (MANY,) and any(step[1] or step[2] for step in head) and _takes_digit(head[0]):
                raise TooMany(f"{one.condition.written} on {one.condition.named} with a pattern of accounts")


def _takes_digit(step: Step) -> bool:
    return any((digit in step[0]) is not step[1] for digit in DIGIT[0])


def unnamed(accounts: Iterable[str]) -> str:
    """Return an account that is not among some."""
    taken = frozenset(accounts)
    return next(one for one in (*STRANGERS[1:], *(f"{at:012}" for at in range(len(taken) + 1))) if one not in taken)


def owners(named: Named) -> tuple[str, ...]:
    """Return accounts that can own what is asked for."""
    classes_ = _classes_of_accounts(named) if named.owners else ()
    return tuple(dict.fromkeys((*(named.accounts or (unnamed(named.literal()),)), *classes_)))


def same_account(accounts: Iterable[str]) -> tuple[Union, ...]:
    """Return patterns that tell ARNs apart by the account that they name."""
    return tuple((of_arn(f"arn:*:*:*:{one}:*"),) for one in accounts)
