"""Everybody who could make a request, as far as a question's policies tell people apart: one caller for each class.

A caller's ARN, account, type and names belong together, and so they are one thing here, with the account that owns what is asked
for: within one account a resource's policy can grant alone, between two the caller's own policies must allow as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from hexward.iam import glob
from hexward.iam.clause import Clause
from hexward.iam.errors import RequestError
from hexward.iam.partition import ACCOUNT, MANY, Regular, Union, classes, of_arn, of_glob, text
from hexward.iam.principal import ACCOUNT as DIGITS
from hexward.iam.principal import ANONYMOUS, Caller, Grant, Name, Principals, Sort, caller
from hexward.iam.variables import Values

STRANGERS = ("999999999999", "888888888888", "777777777777")
"""Accounts that no policy names; as many as are needed."""

PERSONAL = frozenset({"aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:username", "aws:userid"})
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
    people = (one for one in _people(named) if caller(one).sort in {Sort.USER, Sort.ROLE})
    return tuple(asker for one in people for asker in _with_ids(asker_of(one, _home(one), backed=False), named))


def outsiders(named: Named, account: str) -> tuple[Asker, ...]:
    """Return those who are not of an account, in which what they ask for lies: nobody, services, and other accounts' people."""
    people = (asker_of(one, account, backed=True) for one in _people(named) if _home(one) != account)
    found = (*(asker_of(one, account, backed=False) for one in _outside(named)), *people)
    return tuple(asker for one in found for asker in _with_ids(one, named))


def everyone(named: Named) -> tuple[Asker, ...]:
    """Return everybody whom a resource's policy could mean: strangers first, then the account's own people."""
    others = [*_outside(named)]
    owners = _owners(named)
    out = [asker_of(one, owner, backed=False) for one in others for owner in owners]
    people = sorted(_people(named), key=lambda one: caller(one).sort is Sort.ROOT)
    for one, backed in product(people, (False, True)):
        places = (_home(one), *(owner for owner in owners if owner != _home(one))) if backed else (_home(one),)
        out += [asker_of(one, owner, backed=backed) for owner in places]
    out.sort(key=lambda one: one.backed and not one.abroad)
    return tuple(asker for one in out for asker in _with_ids(one, named))


def _home(principal: str) -> str:
    return principal.split(":")[4]


def asker_of(principal: str, owner: str | None, *, backed: bool) -> Asker:
    """Return a caller with the keys that follow from it."""
    who = caller(principal)
    keys = dict(who.keys)
    if owner is not None:
        keys[OWNER] = (owner,)
    return Asker(principal, who, owner, backed, keys)


def _with_ids(one: Asker, named: Named) -> Iterator[Asker]:
    """Yield the caller with each class of unique id, where the policies ask for it."""
    asked = named.about("aws:userid")
    if not asked or one.who.sort not in USERIDS:
        yield one
        return
    from hexward.iam.values import values_of  # noqa: PLC0415  (values of ids are needed by few questions)

    for value in values_of(asked):
        if value and value != ("",):
            yield Asker(one.principal, one.who, one.owner, one.backed, {**one.keys, "aws:userid": value})


def _owners(named: Named) -> tuple[str, ...]:
    """Return accounts that can own what is asked for."""
    stranger = STRANGERS[1]
    unions = tuple(union for one in named.owners if (union := one.unions()))
    return tuple(dict.fromkeys((stranger, *named.accounts, *(classes(unions, ((ACCOUNT,),)) if unions else ()))))


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


def _people(named: Named) -> Iterator[str]:
    """Yield principals with an account: for each account its users, roles, sessions, federated users and its root user."""
    unions = [*_predicates(named)]
    written = _written(named)
    for partition, account in product(_partitions(named), _accounts(named)):
        iam, sts = f"arn:{partition}:iam::{account}:", f"arn:{partition}:sts::{account}:"
        for kind in ("role/", "user/"):
            found = _classes(unions, (*text(iam + kind), *NAME))
            yield from (one for one in found if one in written.get((iam + kind, one.rpartition("/")[2]), {one}))
        for role in _classes(unions, (*text(f"{iam}role/"), *PLAIN)):
            name = role.rpartition("/")[2]
            sessions = [rest[2] for kind, *rest in named.names() if kind == "session" and rest[:2] == [account, name]]
            yield from (f"{sts}assumed-role/{name}/{session}" for session in ("x", *sessions))
        yield from _classes(unions, (*text(f"{sts}federated-user/"), *PLAIN))
        yield f"{iam}root"


def _written(named: Named) -> Mapping[tuple[str, str], set[str]]:
    """Return the ARNs that policies give to users and roles, by account and name: no two of an account have the same name."""
    out: dict[tuple[str, str], set[str]] = {}
    for one in (entry for each in named.principals for _, entry in each.written if entry.startswith("arn:")):
        start, kind, name = one.partition(":user/" if ":user/" in one else ":role/")
        if kind and ":iam:" in start:
            out.setdefault((start + kind, name.rpartition("/")[2]), set()).add(one)
    return out


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
    """Return accounts of callers: all that are named, and one for each class that patterns of accounts tell apart."""
    fields = [
        one
        for clause in named.about("aws:principalarn")
        for value in clause.patterns
        for one in [*value.split(":"), "", "", "", "", ""][4:5]
    ]
    names = [rest[0] for kind, *rest in named.names() if kind not in {"service", "provider", "deleted"}]
    unions = [union for one in named.about("aws:principalaccount") if (union := one.unions())]
    unions += [(of_glob(one),) for one in fields if one and one != "*"]
    made = classes(tuple(unions), ((ACCOUNT,),)) if unions else ()
    literal = [one for one in (*names, *fields) if DIGITS.match(one)]
    return tuple(dict.fromkeys((*STRANGERS[:1], *named.accounts, *literal, *made)))


def same_account(accounts: Iterable[str]) -> tuple[Union, ...]:
    """Return patterns that tell ARNs apart by the account that they name."""
    return tuple((of_arn(f"arn:*:*:*:{one}:*"),) for one in accounts)
