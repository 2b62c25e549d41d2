"""Everybody who could make a request, as far as a question's policies tell people apart: one caller for each class.

A caller's ARN, account, type and names belong together, and so they are one thing here, with the account that owns what is asked
for: within one account a resource's policy can grant alone, between two the caller's own policies must allow as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from hexward.iam.errors import RequestError
from hexward.iam.people import ARN, OWNER, STRANGERS, USERID, Named, Person, owners, people, refuse_ids, unnamed
from hexward.iam.principal import ANONYMOUS, Caller, Grant, Principals, Sort, caller
from hexward.iam.variables import Values

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


def holders(named: Named) -> tuple[Asker, ...]:
    """Return those to whom identity policies are attached: users and roles."""
    if not named.clauses:
        who = f"arn:aws:iam::{STRANGERS[0]}:role/x"
        return (asker_of(who, STRANGERS[0], backed=False),)
    own = (one for one in people(named) if caller(one.arn).sort in {Sort.USER, Sort.ROLE})
    return tuple(asker for one in own for asker in _with_ids(_asking(one, one.home, backed=False), named))


def outsiders(named: Named, account: str) -> tuple[Asker, ...]:
    """Return those who are not of an account, in which what they ask for lies: nobody, services, and other accounts' people."""
    refuse_ids(named)
    if account == STRANGERS[0]:
        named = replace(named, accounts=(*named.accounts, unnamed((*named.accounts, *named.literal()))))
    strangers = (_asking(one, account, backed=True) for one in people(named) if one.home != account)
    found = (*(asker_of(one, account, backed=False) for one in _outside(named)), *strangers)
    return tuple(asker for one in found for asker in _with_ids(one, named))


def everyone(named: Named) -> tuple[Asker, ...]:
    """Return everybody whom a resource's policy could mean: strangers first, then the account's own people."""
    refuse_ids(named)
    others = owners(named)
    # Of some resources no owner is told, so that the key may be missing where the caller has no account either.
    nobodys = (None,) if named.owners else ()
    out = [asker_of(one, owner, backed=False) for one in _outside(named) for owner in (*others, *nobodys)]
    own = sorted(people(named), key=lambda one: caller(one.arn).sort is Sort.ROOT)
    for one, backed in product(own, (False, True)):
        places = (one.home, *(owner for owner in others if owner != one.home)) if backed else (one.home,)
        out += [_asking(one, owner, backed=backed) for owner in places]
    out.sort(key=lambda one: one.backed and not one.abroad)
    return tuple(asker for one in out for asker in _with_ids(one, named))


def _asking(one: Person, owner: str, *, backed: bool) -> Asker:
    """Return the caller who asks for something of an account."""
    found = asker_of(one.arn, owner, backed=backed)
    return replace(found, keys={**found.keys, ARN: (one.path,)}) if one.path else found


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
