"""Steps by IAM itself: the credentials of other users and roles, and more rights of one's own."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from hexward.iam.document import ALL_TO_ALL
from hexward.iam.doubt import Answer, Doubt, all_of, any_of
from hexward.iam.paths.account import AccountView, Way
from hexward.iam.paths.catalogue import ANY, Category, Path
from hexward.iam.paths.effective import Effective
from hexward.iam.rights import OPEN
from hexward.inventory import Group, NotCollected, Role, User

type Target = tuple[str, str]
"""An ARN, and what was done to its policies: nothing, RAISED, FREED or the name of a group after JOINED."""

RAISED, FREED, JOINED = "raised", "freed", "joined "
ADMINISTRATION: Target = ("administration", "")
"""The goal of whoever may do everything."""

ASSUME = "sts:AssumeRole"
UNREAD = Doubt("tags of a user or role that were not read")


class People:
    """The steps of one principal through IAM."""

    def __init__(self, view: AccountView, who: Effective) -> None:
        """Take who walks."""
        self.view = view
        self.who = who
        self.is_user = who.arn in view.users

    def edges(self) -> dict[Target, list[Way]]:
        """Return the ways to other principals, and to oneself with other policies."""
        out: dict[Target, list[Way]] = {}
        for path in self.view.by_category[Category.PRINCIPAL]:
            for target, way in self._other(path):
                out.setdefault(target, []).append(way)
        for path in self.view.by_category[Category.SELF]:
            for target, way in self._self(path):
                out.setdefault(target, []).append(way)
        return out

    def _other(self, path: Path) -> Iterator[tuple[Target, Way]]:
        if not all(self.who.speaks_of(action) for action in path.do if action != ASSUME):
            return
        mark = RAISED if path.raises else FREED if path.frees else ""
        targets: Mapping[str, Role | User] = self.view.roles if _is_of_role(path) else self.view.users
        opened = "iam:UpdateAssumeRolePolicy" in path.do or ASSUME not in path.do
        for arn in targets if opened else sorted(self._admitting):
            target = targets[arn]
            if arn == self.who.arn or (path.frees and self._bounded(target) is None):
                continue
            answer = self._on(path, target)
            if answer is not False:
                yield (arn, mark), _way(path, arn, answer)

    def _on(self, path: Path, target: Role | User) -> Answer:
        """Say whether a path leads to one user or role."""
        answers: list[Answer] = []
        for action, word in path.do.items():
            if action == ASSUME:
                answer = self._assume(target, opened="iam:UpdateAssumeRolePolicy" in path.do)
            elif word == "policy":
                answer = self._rewrites(target)
            else:
                answer = self._changes(action, target)
            if answer is False:
                return False
            answers.append(answer)
        if "iam:UpdateAssumeRolePolicy" in path.do and ASSUME not in path.do:
            # Whoever writes the trust policy names itself in it: then nothing but a Deny or the organisation keeps it out.
            answers.append(self.who.may(ASSUME, target.arn, policy=ALL_TO_ALL))
        return all_of((*answers, _fits(path, target)))

    def _assume(self, target: Role | User, *, opened: bool) -> Answer:
        if not isinstance(target, Role):
            return False
        if opened:
            return self.who.may(ASSUME, target.arn, policy=to_account(self.view))
        try:
            return self.who.may(ASSUME, target.arn, tags=self.view.tags_of(target.arn), policy=target.trust)
        except NotCollected as missing:
            return Doubt(str(missing)) if self.who.speaks_of(ASSUME) else False

    @cached_property
    def _admitting(self) -> frozenset[str]:
        """The roles whose trust policy might mean this principal, before the question is put in full."""
        account = {self.view.number, f"arn:{self.view.partition}:iam::{self.view.number}:root", ""}
        session = set() if self.is_user else {self.who.arn.rpartition("/")[2]}
        names = {self.who.arn, "*"} | session | (account if self.who.speaks_of(ASSUME) else set())
        return frozenset().union(*(self.view.admitting.get(name, frozenset()) for name in names))

    def _changes(self, action: str, target: Role | User | Group) -> Answer:
        """Say whether an action of IAM is allowed on a target, with the policy of administrators where a policy is named."""
        told: dict[str, object] = {"iam:policyarn": f"arn:{self.view.partition}:iam::aws:policy/AdministratorAccess"}
        if isinstance(target, Group):
            return self.who.may(action, target.arn, told, {})
        bounded = self._bounded(target)
        told["iam:permissionsboundary"] = OPEN if isinstance(bounded, Doubt) else bounded
        answer = self.who.may(action, target.arn, told, self.view.tags_of(target.arn))
        return all_of((answer, bounded if isinstance(bounded, Doubt) else True))

    @staticmethod
    def _bounded(target: Role | User) -> str | Doubt | None:
        """Return the ARN of a boundary, None where there is none, or a doubt where it was not read."""
        try:
            boundary = target.boundary
        except NotCollected as missing:
            return Doubt(str(missing))
        return None if boundary is None else boundary.permissions_boundary_arn

    def _rewrites(self, target: Role | User, action: str = "iam:CreatePolicyVersion") -> Answer:
        """Say whether one of the policies that a target holds, and the account keeps, may be rewritten."""
        if not self.who.speaks_of(action):
            return False
        try:
            held = [one.policy_arn for one in target.attached]
            for group in self._groups(target):
                held += [one.policy_arn for one in group.attached]
        except NotCollected as missing:
            return Doubt(str(missing))
        own = (arn for arn in dict.fromkeys(held) if f":iam::{self.view.number}:" in arn)
        return any_of(self.who.may(action, arn, tags=UNREAD) for arn in own)

    def _groups(self, target: Role | User) -> tuple[Group, ...]:
        names = target.groups if isinstance(target, User) else ()
        return tuple(one for name in names for one in self.view.inventory.by(Group, "name", name))

    def _self(self, path: Path) -> Iterator[tuple[Target, Way]]:
        if path.who and path.who != ("user" if self.is_user else "role"):
            return
        if not all(self.who.speaks_of(action) for action in path.do):
            return
        for target, answer in self._self_answers(path):
            told = all_of((answer, Doubt(path.unknown))) if path.unknown else answer
            if told is not False:
                yield target, _way(path, self.who.arn, told)

    def _self_answers(self, path: Path) -> Iterator[tuple[Target, Answer]]:
        me: Role | User = self.view.users[self.who.arn] if self.is_user else self.view.roles[self.who.arn]
        [(action, word), *_] = path.do.items()
        if path.gains == "administration":
            told: dict[str, object] = {"iam:permissionsboundary": None}
            yield ADMINISTRATION, all_of(self.who.may(each, ANY, told) for each in path.do)
        elif path.joins:
            yield from self._joins(me, action)
        elif word == "policy":
            yield (self.who.arn, RAISED), self._rewrites(me, action)
        elif word == "group":
            for group in self._groups(me):
                yield (self.who.arn, RAISED), self._changes(action, group)
        elif not path.frees:
            yield (self.who.arn, RAISED), self._changes(action, me)
        elif self.who.who.boundary is not None:
            yield (self.who.arn, FREED), self._changes(action, me)

    def _joins(self, me: Role | User, action: str) -> Iterator[tuple[Target, Answer]]:
        groups = self.view.inventory.of(Group)
        own = me.groups if isinstance(me, User) else ()
        for group in groups.records:
            if group.name not in own:
                yield (self.who.arn, f"{JOINED}{group.name}"), self.who.may(action, group.arn)


def to_account(view: AccountView) -> str:
    """Return a trust policy that leaves it to the account whom it lets in."""
    root = f"arn:{view.partition}:iam::{view.number}:root"
    return f'{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "{root}"}}, "Action": "{ASSUME}"}}}}'


def _is_of_role(path: Path) -> bool:
    return any(word == "role" for word in path.do.values())


def _fits(path: Path, target: Role | User) -> Answer:
    """Say whether a user's password and keys are such that a path is open."""
    if not path.if_ or not isinstance(target, User):
        return True
    try:
        login = target.login
    except NotCollected as missing:
        return Doubt(str(missing))
    keys = (login.access_key_1_last_rotated, login.access_key_2_last_rotated)
    active = (login.access_key_1_active, login.access_key_2_active)
    return {
        "free_key": not all(used or made is not None for used, made in zip(active, keys, strict=True)),
        "password": login.password_enabled is True,
        "no_password": not login.password_enabled,
    }[path.if_]


def _way(path: Path, arn: str, answer: Answer) -> Way:
    asks = tuple((action, ANY if word in {ANY, "policy", "group"} else arn) for action, word in path.do.items())
    return Way((path.id,), "", asks, answer.construct if isinstance(answer, Doubt) else "")
