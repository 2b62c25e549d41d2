"""Who asks, as variables of the solver: the sort of caller, its account and names, and whom a Principal element means."""

from collections.abc import Mapping, Sequence
from typing import Any

from hexward.iam.second_text import NoOpinion, Texts

SORTS = ("user", "role", "session", "federated", "root", "service", "provider", "anonymous")
TYPES = {
    "user": "User",
    "role": "AssumedRole",
    "session": "AssumedRole",
    "federated": "FederatedUser",
    "root": "Account",
}


HOLDERS = {"user": ("user",), "role": ("role", "session")}
"""What has the path that is written in the ARN of a user or a role."""


class Callers:
    """One caller; `keys` are the condition keys that follow: whether each is there, and its value."""

    def __init__(self, smt: Any, texts: Texts, statements: Sequence[Mapping[str, Any]], *, holders_only: bool) -> None:  # noqa: ANN401
        """Lay out the variables and say how they hang together."""
        self.smt, self.texts = smt, texts
        self.sort = smt.Int("sort")
        self.account, self.owner = smt.String("account"), smt.String("owner")
        self.path, self.name, self.session = smt.String("path"), smt.String("name"), smt.String("session")
        self.outsider, self.userid = smt.String("outsider"), smt.String("userid")
        self.federating = smt.String("federating")
        self.backed, self.owned = smt.Bool("backed"), smt.Bool("owned")
        self.personal = self.sort <= SORTS.index("root")
        self.root = self._is("root")
        self.home = smt.And(self.personal, self.owner == self.account)
        self.own_right = smt.And(self.home, texts.any_((self.backed, self.root)))
        letters = texts.plus(texts.without(":*?/"))
        last = SORTS.index("role") if holders_only else len(SORTS) - 1
        self.rules = [
            self.sort >= 0,
            self.sort <= last,
            *(smt.InRe(one, texts.account) for one in (self.account, self.owner)),
            *(smt.InRe(one, letters) for one in (self.name, self.session)),
            smt.InRe(self.path, smt.Star(texts.row(letters, smt.Re("/")))),
            self.userid != smt.StringVal(""),
            # A backed caller is one whose own policies allow all; only then does a grant between two accounts suffice.
            smt.Implies(smt.And(self.personal, smt.Not(self.home)), self.backed),
            # Of some resources no owner is told; then it is the caller's own account, if there is one.
            smt.Implies(self.personal, self.owned),
        ]
        self._settle_paths(statements)
        self.keys = self._keys(holders_only=holders_only)

    def _is(self, *sorts: str) -> Any:  # noqa: ANN401
        return self.texts.any_(self.sort == SORTS.index(one) for one in sorts)

    def _text(self, *parts: Any) -> Any:  # noqa: ANN401
        return self.smt.Concat(*(self.smt.StringVal(one) if isinstance(one, str) else one for one in parts))

    def _keys(self, *, holders_only: bool) -> dict[str, tuple[Any, Any]]:
        """Return what follows from the caller."""
        smt = self.smt
        iam = ("arn:aws:iam::", self.account)
        arn = self._text(*iam, ":role/", self.path, self.name)
        for sort, told in (
            ("user", self._text(*iam, ":user/", self.path, self.name)),
            ("federated", self._text("arn:aws:sts::", self.account, ":federated-user/", self.name)),
            ("root", self._text(*iam, ":root")),
        ):
            arn = smt.If(self._is(sort), told, arn)
        kind = smt.StringVal("Anonymous")
        for sort, name in TYPES.items():
            kind = smt.If(self._is(sort), smt.StringVal(name), kind)
        userid = smt.If(self._is("federated"), self._text(self.account, ":", self.name), self.userid)
        userid = smt.If(self.root, self.account, smt.If(self._is("anonymous"), smt.StringVal("anonymous"), userid))
        known = smt.Or(self.personal, self._is("anonymous"))
        out = {
            "aws:principalarn": (self.personal, arn),
            "aws:principalaccount": (self.personal, self.account),
            "aws:principaltype": (known, kind),
            "aws:userid": (known, userid),
            "aws:username": (self._is("user"), self.name),
        }
        return out if holders_only else {**out, "aws:resourceaccount": (self.owned, self.owner)}

    def _settle_paths(self, statements: Sequence[Mapping[str, Any]]) -> None:
        """No two users or roles of an account have the same name, so one that a policy names has the path written there."""
        paths: dict[tuple[str, str, str], set[str]] = {}
        for _, value in (entry for one in statements for entry in _entries(one)):
            fields = value.split(":", 5)
            if len(fields) == 6 and fields[2] == "iam" and "/" in fields[5]:  # noqa: PLR2004
                if fields[1] != "aws":
                    raise NoOpinion(value)
                kind, _, rest = fields[5].partition("/")
                path, slash, name = rest.rpartition("/")
                paths.setdefault((kind, fields[4], name), set()).add(path + slash)
        smt = self.smt
        for (kind, account, name), found in paths.items():
            if kind in HOLDERS:
                named = self.texts.all_(
                    (self._is(*HOLDERS[kind]), self.account == smt.StringVal(account), self.name == smt.StringVal(name))
                )
                self.rules.append(
                    smt.Implies(named, self.texts.any_(self.path == smt.StringVal(one) for one in sorted(found)))
                )

    def granted(self, one: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Say whether an Allow suffices for the caller: named itself, or named through its role or account where more stands behind."""
        if "NotPrincipal" in one:
            raise NoOpinion("NotPrincipal with Allow")
        direct, limited, account = [], [], []
        for kind, value in _entries(one):
            if value == "*":
                return self.smt.BoolVal(True)  # noqa: FBT003
            names = self._names(kind, value)
            direct += [names[sort] for sort in names if names.keys() != {"account"}][:1]
            limited += [names[sort] for sort in names if names.keys() != {"account"}][1:]
            account += [names["account"]] if names.keys() == {"account"} else []
        suffices = self.texts.any_((self.backed, self.smt.Not(self._is("federated"))))
        handed = self.texts.any_((self.backed, self.root))
        return self.texts.any_(
            (
                *direct,
                self.smt.And(suffices, self.texts.any_(limited)),
                self.smt.And(handed, self.texts.any_(account)),
            )
        )

    def denied(self, one: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Say whether a Deny strikes the caller."""
        entries = _entries(one)
        everyone = any(value == "*" for _, value in entries)
        if "Principal" in one:
            named = [entry for entry in entries if entry[1] != "*"]
            hits = [term for entry in named for term in self._names(*entry).values()]
            hits += [self._federated_by(*entry) for entry in named]
            return self.smt.BoolVal(True) if everyone else self.texts.any_(hits)  # noqa: FBT003
        if everyone:
            return self.smt.BoolVal(False)  # noqa: FBT003
        return self.smt.Not(self._spared(entries))

    def _spared(self, entries: Sequence[tuple[str, str]]) -> Any:  # noqa: ANN401
        """Say whether NotPrincipal lists the caller with all that it stands for: its account, its role, its session."""
        smt, texts = self.smt, self.texts
        listed: dict[str, list[Any]] = {}
        for kind, value in entries:
            for what, term in self._listed(kind, value):
                listed.setdefault(what, []).append(term)
        has = {what: texts.any_(terms) for what, terms in listed.items()}
        no = smt.BoolVal(False)  # noqa: FBT003
        account, user, role = (has.get(one, no) for one in ("account", "user", "role"))
        return texts.any_(
            (
                smt.And(self._is("user"), account, user),
                smt.And(self._is("role"), account, role),
                smt.And(self._is("session"), account, role, has.get("session", no)),
                smt.And(self._is("federated"), account, has.get("federated", no)),
                smt.And(self.root, account),
                smt.And(self._is("service", "provider"), has.get("outsider", no)),
            )
        )

    def _listed(self, kind: str, value: str) -> list[tuple[str, Any]]:
        """Return what an entry lists, as a term about the caller's account and names alone."""
        smt = self.smt
        if kind != "AWS":
            return [("outsider", self._outside(kind, value))]
        account, what, names = _taken_apart(value)
        terms = [self.account == smt.StringVal(account)]
        if what != "account":
            terms += [one == smt.StringVal(name) for one, name in zip((self.name, self.session), names, strict=False)]
        return [(what, self.texts.all_(terms))]

    def _names(self, kind: str, value: str) -> dict[str, Any]:
        """Return whom an entry means, by sort; the one that it names itself comes first."""
        [(what, term)] = self._listed(kind, value)
        if what == "outsider":
            return {"outsider": term}
        if what == "account":
            return {"account": self.smt.And(self.personal, term)}
        means = {"role": ("", "role", "session")}.get(what, (what,))
        no = self.smt.BoolVal(False)  # noqa: FBT003
        return {sort: self.smt.And(self._is(sort), term) if sort else no for sort in means}

    def _federated_by(self, kind: str, value: str) -> Any:  # noqa: ANN401
        """Say whether the caller was federated by the user that an entry names."""
        account, what, names = _taken_apart(value) if kind == "AWS" else ("", "", [])
        if what != "user":
            return self.smt.BoolVal(False)  # noqa: FBT003
        mine = (self.account == self.smt.StringVal(account), self.federating == self.smt.StringVal(names[0]))
        return self.texts.all_((self._is("federated"), *mine))

    def _outside(self, kind: str, value: str) -> Any:  # noqa: ANN401
        if kind == "CanonicalUser":
            raise NoOpinion("a CanonicalUser")
        sort = "service" if kind == "Service" else "provider"
        name = value if kind == "Service" else value.partition(":oidc-provider/")[2] or value
        return self.smt.And(self._is(sort), self.outsider == self.smt.StringVal(name))


def _entries(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    value = one.get("Principal", one.get("NotPrincipal", {}))
    if value == "*":
        return [("AWS", "*")]
    return [(kind, each) for kind, many in value.items() for each in (many if isinstance(many, list) else [many])]


def _taken_apart(value: str) -> tuple[str, str, list[str]]:
    """Return the account, the sort and the names of an entry."""
    if value.isdigit():
        return value, "account", []
    fields = value.split(":", 5)
    if len(fields) < 6:  # noqa: PLR2004
        raise NoOpinion(value)
    kind, _, rest = fields[5].partition("/")
    if kind == "root":
        return fields[4], "account", []
    if kind == "assumed-role":
        return fields[4], "session", rest.split("/", 1)
    return fields[4], {"federated-user": "federated"}.get(kind, kind), [rest.rpartition("/")[2]]
