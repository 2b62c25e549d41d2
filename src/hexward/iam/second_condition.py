"""Conditions as terms of the solver: each key is a variable of the type that its operators compare, and may be absent."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from ipaddress import ip_network
from typing import Any

from hexward.iam.operators import moment
from hexward.iam.second_text import NoOpinion, Texts

ORDER = {"equals": "==", "lessthan": "<", "lessthanequals": "<=", "greaterthan": ">", "greaterthanequals": ">="}


class Keys:
    """All condition keys of a question."""

    def __init__(self, smt: Any, texts: Texts, statements: Sequence[tuple[Mapping[str, Any], bool]]) -> None:  # noqa: ANN401
        """Lay the keys out by what the statements compare them with."""
        self.smt, self.texts = smt, texts
        self.rules: list[Any] = []
        self.derived: dict[str, tuple[Any, Any]] = {}
        self.free: dict[str, str] = {}
        self.sets: dict[str, int] = {}
        plain: set[str] = set()
        for statement, _ in statements:
            for written, key, _ in _conditions(statement):
                qualifier, base, _ = _taken_apart(written)
                kind = _kind(base)
                if self.free.setdefault(key, kind) != kind and kind != "null":
                    if self.free[key] != "null":
                        raise NoOpinion(f"{key} as a value of two types")
                    self.free[key] = kind
                if qualifier:
                    self.sets[key] = self.sets.get(key, 1) + 1
                elif kind != "null":
                    plain.add(key)
        if plain & self.sets.keys():
            raise NoOpinion("a key as one value and as several")
        self.present = {key: smt.Bool(f"has {key}") for key in self.free}
        self.values = {key: [self._value(key, at) for at in range(self.sets.get(key, 1))] for key in self.free}
        self.held = {key: [smt.Bool(f"{key} {at} held") for at in range(size)] for key, size in self.sets.items()}
        for key, values in self.values.items():
            self._distinct(key, values)

    def derive(self, key: str, there: Any, value: Any) -> None:  # noqa: ANN401
        """Give a key the value that follows from who asks, where a condition asks for it."""
        if key not in self.free:
            return
        if key in self.sets or self.free[key] not in {"text", "null"}:
            raise NoOpinion(f"{key} as anything but one text")
        self.present[key], self.values[key] = there, [value]

    def is_(self, key: str, value: Any) -> Any:  # noqa: ANN401
        """Say that a key is there, with a value."""
        if key in self.sets:
            raise NoOpinion(key)
        return self.smt.And(self.present[key], self.values[key][0] == value)

    def _value(self, key: str, at: int) -> Any:  # noqa: ANN401
        name, kind = f"{key} {at}", self.free[key]
        if kind in {"number", "date"}:
            return self.smt.Real(name)
        if kind == "ip":
            return self.smt.Int(name)
        value = self.smt.String(name)
        if kind == "bool":
            self.rules.append(self.texts.any_(value == self.smt.StringVal(one) for one in ("true", "false")))
        return value

    def _distinct(self, key: str, values: Sequence[Any]) -> None:
        smt = self.smt
        if self.free[key] == "ip":
            # Version 6 lies above version 4, with a place between them.
            self.rules += [
                smt.Or(smt.And(one >= 0, one < 1 << 32), smt.And(one >= 1 << 33, one < (1 << 33) + (1 << 128)))
                for one in values
            ]
        held = self.held.get(key, ())
        for at, one in enumerate(held):
            self.rules.append(smt.Implies(one, self.present[key]))
            self.rules += [smt.Implies(smt.And(one, held[of]), values[at] != values[of]) for of in range(at)]

    def holds(self, statement: Mapping[str, Any], *, variables: bool) -> Any:  # noqa: ANN401
        """Return whether all conditions of a statement are met."""
        return self.texts.all_(
            self._holds(written, key, values, variables=variables) for written, key, values in _conditions(statement)
        )

    def _holds(self, written: str, key: str, wanted: Sequence[str], *, variables: bool) -> Any:  # noqa: ANN401
        smt, texts = self.smt, self.texts
        qualifier, base, if_exists = _taken_apart(written)
        there = self.present[key]
        if base == "null":
            if qualifier:
                raise NoOpinion(written)
            gone = self._null(key)
            return texts.any_(gone if one.lower() == "true" else smt.Not(gone) for one in wanted)
        negated = base.startswith(("stringnot", "arnnot", "numericnot", "datenot", "notip"))

        def met(value: Any) -> Any:  # noqa: ANN401
            hit = texts.any_(self._compare(base.replace("not", ""), value, one, variables=variables) for one in wanted)
            return smt.Not(hit) if negated else hit

        if not qualifier:
            known = met(self.values[key][0])
            missing = if_exists or negated
            return smt.If(there, known, smt.BoolVal(missing))
        counts = self._counts(key)
        pairs = list(zip(counts, self.values[key], strict=True))
        if qualifier == "foranyvalue":
            found = texts.any_(smt.And(one, met(value)) for one, value in pairs)
        else:
            found = texts.all_(smt.Implies(one, met(value)) for one, value in pairs)
        return texts.any_((smt.Not(there), found)) if if_exists else found

    def _counts(self, key: str) -> list[Any]:
        """Return which values of a set count: one empty text by itself counts as none."""
        smt = self.smt
        held, values = self.held[key], self.values[key]
        if self.free[key] != "text":
            return held
        out = []
        for at, one in enumerate(held):
            others = self.texts.any_(other for of, other in enumerate(held) if of != at)
            out.append(smt.And(one, smt.Or(others, values[at] != smt.StringVal(""))))
        return out

    def _null(self, key: str) -> Any:  # noqa: ANN401
        smt = self.smt
        if self.free[key] not in {"text", "null"}:
            return smt.Not(self.present[key]) if key not in self.sets else smt.Not(self.texts.any_(self.held[key]))
        empty = smt.StringVal("")
        if key in self.sets:
            return smt.Not(
                self.texts.any_(
                    smt.And(one, value != empty) for one, value in zip(self.held[key], self.values[key], strict=True)
                )
            )
        return smt.Or(smt.Not(self.present[key]), self.values[key][0] == empty)

    def _compare(self, base: str, value: Any, wanted: str, *, variables: bool) -> Any:  # noqa: ANN401
        smt, texts = self.smt, self.texts
        kind = _kind(base)
        if kind in {"number", "date"}:
            point = smt.RealVal(format(moment(wanted) if kind == "date" else Decimal(wanted), "f"))
            return _ordered(ORDER[base.removeprefix("numeric").removeprefix("date")], value, point)
        if kind == "ip":
            return self._in_network(value, wanted)
        if kind == "bool":
            return value == smt.StringVal(wanted.lower())
        texts.refuse_variables(wanted, variables=variables)
        if base.startswith("arn"):
            return self._arn_like(value, wanted, variables=variables)
        plain = base != "stringlike"
        return smt.InRe(value, texts.glob(wanted, variables=variables, plain=plain, any_case="ignorecase" in base))

    def _arn_like(self, value: Any, wanted: str, *, variables: bool) -> Any:  # noqa: ANN401
        """Compare field by field: wildcards of the first five do not cross a colon."""
        smt, texts = self.smt, self.texts
        if not wanted.strip("*"):
            return smt.BoolVal(True)  # noqa: FBT003
        if not wanted.startswith("arn:"):
            raise NoOpinion(wanted)
        split = wanted.split(":", 5)
        split += ["*"] * (6 - len(split))
        fields = []
        for at, one in enumerate(split):
            field = texts.glob(one, variables=variables)
            fields.append(smt.Intersect(field, smt.Star(texts.without(":"))) if at < 5 else field)  # noqa: PLR2004
        joined = [part for field in fields for part in (smt.Re(":"), field)][1:]
        return smt.InRe(value, texts.row(*joined))

    def _in_network(self, value: Any, wanted: str) -> Any:  # noqa: ANN401
        found = ip_network(wanted, strict=False)
        base = 0 if found.version == 4 else 1 << 33  # noqa: PLR2004
        first, last = base + int(found.network_address), base + int(found.broadcast_address)
        return self.smt.And(value >= first, value <= last)


def _ordered(sign: str, value: Any, point: Any) -> Any:  # noqa: ANN401
    if sign == "==":
        return value == point
    if sign.startswith("<"):
        return value < point if sign == "<" else value <= point
    return value > point if sign == ">" else value >= point


def _conditions(statement: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Return operator, key in lower case and values as texts."""
    listed = [values for keys in statement.get("Condition", {}).values() for values in keys.values()]
    if [] in listed:
        raise NoOpinion("a condition without values")
    return [
        (written, key.lower(), [_text(one) for one in (values if isinstance(values, list) else [values])])
        for written, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    ]


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _taken_apart(written: str) -> tuple[str, str, bool]:
    qualifier, _, base = written.lower().rpartition(":")
    return qualifier, base.removesuffix("ifexists"), base.endswith("ifexists")


def _kind(base: str) -> str:
    if base.startswith("binary"):
        raise NoOpinion(base)
    if base.endswith("ipaddress"):
        return "ip"
    kinds = {"numeric": "number", "date": "date", "bool": "bool", "null": "null"}
    return next((kind for start, kind in kinds.items() if base.startswith(start)), "text")
