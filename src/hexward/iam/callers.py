"""Everybody who could make a request, as far as a question's policies tell people apart: one caller for each class.

A caller's ARN, account, type and names belong together, and so they are one thing here, with the account that owns what is asked
for: within one account a resource's policy can grant alone, between two the caller's own policies must allow as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from hexward.iam import glob
from hexward.iam.clause import Clause
from hexward.iam.errors import RequestError
from hexward.iam.partition import ACCOUNT, DIGIT, MANY, Regular, Step, TooMany, Union, classes, of_arn, of_glob, text
from hexward.iam.principal import ACCOUNT as DIGITS
from hexward.iam.principal import ANONYMOUS, Caller, Grant, Name, Principals, Sort, caller
from hexward.iam.variables import Values

STRANGERS = ("999999999999", "888888888888", "777777777777")
"""Accounts that no policy names; as many as are needed."""

ARN, USERID = "aws:principalarn", "aws:userid"
PERSONAL = frozenset({ARN, "aws:principalaccount", "aws:principaltype", "aws:username", USERID})
"""Keys that follow from who makes the request."""
OWNER = "aws:resourceaccount"
USERIDS = {Sort.USER, Sort.ROLE, Sort.SESSION}
"""Sorts whose `aws:userid` begins with a unique id that no ARN shows."""


@dataclass(frozen=True, slots=True)
class Asker:
    """One who asks, of whose account the resource is, and what stands behind the request.

    `backed`: identity and session policies allow everything, so that whatever the resource's policy passes on is held.
    """

    principal: str
    who: Caller
    owner: str | None
    backed: bool
    keys: Mapping[str, Values]

    @property
    def abroad(self) -> bool:
        """Say whether the resource lies in another account."""
        return self.who.account is not None and self.owner != self.who.account

    def granted(self, named: Principals) -> object:
        """Say whether an Allow in a resource's policy suffices, where it names these principals; an Answer."""
        grant = named.grants(self.who)
        if grant is None or not isinstance(grant, Grant):
            return False if grant is None else grant
        if self.backed or grant is Grant.DIRECT:
            return True
        return grant is Grant.LIMITED and self.who.sort is not Sort.FEDERATED

    @property
    def own_right(self) -> bool:
        """Say whether the caller may do anything in its account that is not denied: the root user, or whoever is backed."""
        return not self.abroad and self.who.account is not None and (self.backed or self.who.sort is Sort.ROOT)


@dataclass(frozen=True, slots=True)
class Named:
    """Whom and what a question's policies speak of: principals, conditions on who asks, conditions on the owner, accounts of resources."""

    principals: tuple[Principals, ...]
    clauses: tuple[Clause, ...]
    owners: tuple[Clause, ...] = ()
    accounts: tuple[str, ...] = ()

    def names(self) -> tuple[Name, ...]:
        """Return every principal that is named, each once."""
        return tuple(sorted(frozenset[Name]().union(*(one.names for one in self.principals))))

    def about(self, key: str) -> tuple[Clause, ...]:
        """Return the conditions on one key."""
        return tuple(one for one in self.clauses if one.condition.key == key)


def holders(named: Named) -> tuple[Asker, ...]:
    """Return those to whom identity policies are attached: users and roles."""
    if not named.clauses:
        who = f"arn:aws:iam::{STRANGERS[0]}:role/x"
        return (asker_of(who, STRANGERS[0], backed=False),)
    people = (one for one in _people(named) if caller(one.arn).sort in {Sort.USER, Sort.ROLE})
    return tuple(asker for one in people for asker in _with_ids(one.asking(one.home, backed=False), named))


def outsiders(named: Named, account: str) -> tuple[Asker, ...]:
    """Return those who are not of an account, in which what they ask for lies: nobody, services, and other accounts' people."""
    _refuse_ids(named)
    people = (one.asking(account, backed=True) for one in _people(named) if one.home != account)
    found = (*(asker_of(one, account, backed=False) for one in _outside(named)), *people)
    return tuple(asker for one in found for asker in _with_ids(one, named))


def everyone(named: Named) -> tuple[Asker, ...]:
    """Return everybody whom a resource's policy could mean: strangers first, then the account's own people."""
    _refuse_ids(named)
    owners = _owners(named)
    # Of some resources no owner is told, so that the key may be missing where the caller has no account either.
    nobodys = (None,) if named.owners else ()
    out = [asker_of(one, owner, backed=False) for one in _outside(named) for owner in (*owners, *nobodys)]
    people = sorted(_people(named), key=lambda one: caller(one.arn).sort is Sort.ROOT)
    for one, backed in product(people, (False, True)):
        places = (one.home, *(owner for owner in owners if owner != one.home)) if backed else (one.home,)
        out += [one.asking(owner, backed=backed) for owner in places]
    out.sort(key=lambda one: one.backed and not one.abroad)
    return tuple(asker for one in out for asker in _with_ids(one, named))


@dataclass(frozen=True, slots=True)
class _Person:
    """A principal with an account; `path` is the ARN of the role behind a session, where that has a path."""

    arn: str
    path: str = ""

    @property
    def home(self) -> str:
        return self.arn.split(":")[4]

    def asking(self, owner: str, *, backed: bool) -> Asker:
        """Return the caller who asks for something of an account."""
        found = asker_of(self.arn, owner, backed=backed)
        return replace(found, keys={**found.keys, ARN: (self.path,)}) if self.path else found


def asker_of(principal: str, owner: str | None, *, backed: bool) -> Asker:
    """Return a caller with the keys that follow from it."""
    who = caller(principal)
    keys = dict(who.keys)
    if owner is not None:
        keys[OWNER] = (owner,)
    return Asker(principal, who, owner, backed, keys)


def _with_ids(one: Asker, named: Named) -> Iterator[Asker]:
    """Yield the caller with each class of unique id, where the policies ask for it."""
    asked = named.about(USERID)
    if not asked or one.who.sort not in USERIDS:
        yield one
        return
    from hexward.iam.values import values_of  # noqa: PLC0415  (values of ids are needed by few questions)

    for value in values_of(asked):
        if value and value != ("",):
            yield Asker(one.principal, one.who, one.owner, one.backed, {**one.keys, USERID: value})


def _refuse_ids(named: Named) -> None:
    """Raise TooMany for patterns of ids that some root users or federated users may have: theirs begin with their account."""
    for one in named.about(USERID):
        for value in one.unions():
            head = value[: value.index(COLON)] if COLON in value else value
            if head and value != (MANY,) and any(step[1] or step[2] for step in head) and _takes_digit(head[0]):
                raise TooMany(f"{one.condition.written} on {one.condition.named} with a pattern of accounts")


def _takes_digit(step: Step) -> bool:
    return any((digit in step[0]) is not step[1] for digit in DIGIT[0])


def _owners(named: Named) -> tuple[str, ...]:
    """Return accounts that can own what is asked for."""
    classes_ = _classes_of_accounts(named) if named.owners else ()
    return tuple(dict.fromkeys((STRANGERS[1], *named.accounts, *classes_)))


def _outside(named: Named) -> Iterator[str]:
    """Yield callers without an account: nobody, services, identity providers."""
    yield ANONYMOUS
    yield "x.amazonaws.com"
    yield "x.example.com"
    for kind, *rest in named.names():
        if kind in {"service", "provider"}:
            try:
                caller(rest[0])
            except RequestError:
                continue
            yield rest[0]


def _people(named: Named) -> Iterator[_Person]:
    """Yield principals with an account: for each account its users, roles, sessions, federated users and its root user."""
    unions = [*_predicates(named)]
    written = _written(named)
    paths = bool(named.about(ARN))
    for partition, account in product(_partitions(named), _accounts(named)):
        iam, sts = f"arn:{partition}:iam::{account}:", f"arn:{partition}:sts::{account}:"
        for kind in ("role/", "user/"):
            own = written.get(iam + kind, {})
            # Of those who share a name with someone written, only who is written can exist.
            free = (one for one in _classes(unions, (*text(iam + kind), *NAME)) if _name(one) not in own)
            found = [*dict.fromkeys((*free, *(one for some in own.values() for one in some)))]
            yield from map(_Person, found)
            if kind == "role/":
                yield from _sessions(found, sts, named, paths=paths)
        yield from map(_Person, _classes(unions, (*text(f"{sts}federated-user/"), *PLAIN)))
        yield _Person(f"{iam}root")


def _sessions(roles: Iterable[str], sts: str, named: Named, *, paths: bool) -> Iterator[_Person]:
    """Yield sessions of roles: any, and those that are named; `paths` says whether the ARN of the role behind one is asked for."""
    account = sts.split(":")[4]
    seen: dict[_Person, None] = {}
    for role in roles:
        name = _name(role)
        behind = role if paths and not role.endswith(f":role/{name}") else ""
        sessions = [rest[2] for kind, *rest in named.names() if kind == "session" and rest[:2] == [account, name]]
        seen |= {_Person(f"{sts}assumed-role/{name}/{session}", behind): None for session in ("x", *sessions)}
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


def _accounts(named: Named) -> tuple[str, ...]:
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
    names = [rest[0] for kind, *rest in named.names() if kind not in {"service", "provider", "deleted"}]
    ids = [pattern.partition(":")[0] for one in named.about(USERID) for pattern in one.patterns]
    literal = tuple(dict.fromkeys(one for one in (*names, *fields, *ids) if DIGITS.match(one)))
    about = (*named.about("aws:principalaccount"), *named.owners)
    unions = [union for one in about if (union := one.unions())]
    unions += [(of_glob(one),) for one in fields if one and one != "*" and one not in literal]
    if not unions:
        return literal
    # Whoever is named stands for nobody else of a class.
    unions += [(text(one),) for one in (*literal, *named.accounts)]
    return (*literal, *classes(tuple(dict.fromkeys(unions)), ((ACCOUNT,),)))


def same_account(accounts: Iterable[str]) -> tuple[Union, ...]:
    """Return patterns that tell ARNs apart by the account that they name."""
    return tuple((of_arn(f"arn:*:*:*:{one}:*"),) for one in accounts)
