"""One condition of a statement: an operator, a key of the request, and the values that the policy names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hexward.iam import glob
from hexward.iam.doubt import Answer, Doubt, all_of, any_of, not_
from hexward.iam.errors import PolicyError, RequestError
from hexward.iam.operators import OPERATORS, Operator, Test
from hexward.iam.variables import Context, Template, Values, template

QUALIFIERS = {"foranyvalue": any_of, "forallvalues": all_of}
SUFFIX = "ifexists"


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition: operator, key and values as the policy has them, and the key in lower case, as requests have it."""

    written: str
    named: str
    key: str
    values: tuple[str, ...]
    null: bool
    negated: bool
    if_exists: bool
    qualifier: str
    tests: tuple[Test, ...]
    templates: tuple[tuple[Template, Callable[[str], Test]], ...]

    def holds(self, context: Context) -> Answer:
        """Say whether the condition is met, by the table of missing keys in AWS's documentation.

        A missing key meets `ForAllValues`, `IfExists` and the negated operators, and no others. With a set operator an
        empty value counts as no value; without one it is a value.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
        """
        found = context.get(self.key)
        if not self.values:
            return self._holds_without_values(found)
        if self.null:
            return self._holds_null(found)
        if isinstance(found, Doubt):
            return found
        if found is None and self.if_exists:
            return True
        if self.qualifier:
            values = () if found == ("",) else found or ()
            return QUALIFIERS[self.qualifier](self._one(value, context) for value in values)
        return self._compare(found, context) if found else self.negated

    def _holds_without_values(self, found: Values | None) -> Answer:
        """Say whether a condition holds that has an empty list of values, as far as AWS's policy checks tell.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
        """
        open_ = Doubt(f"{self.written} on {self.named} without values")
        if self.negated or self.null or isinstance(found, Doubt):
            return open_
        if self.qualifier == "foranyvalue" and not self.if_exists:
            return False
        return found is None if self.qualifier or self.if_exists else open_

    def _holds_null(self, found: Values | None) -> Answer:
        if self.qualifier:
            return Doubt(f"{self.written} on {self.named}")
        absent = not isinstance(found, Doubt) and not any(found or ())
        return any_of(test("true" if absent else "false") for test in self.tests)

    def _compare(self, found: Sequence[str], context: Context) -> Answer:
        """Compare without a set operator, which AWS asks for if there are several values: decided only if all agree."""
        if len(found) == 1:
            return self._one(found[0], context)
        answers = {self._one(value, context) for value in found}
        if len(answers) == 1:
            return answers.pop()
        return Doubt(f"{self.written} on {self.named}, which has several values, without ForAnyValue or ForAllValues")

    def _one(self, value: str, context: Context) -> Answer:
        """Compare one value of the request with all of the policy's.

        A variable without a value "might cause the entire statement to be invalid" (AWS): where that would change the
        outcome, it is in doubt.
        """
        hit = any_of(test(value) for test in self.tests)
        unresolved = ""
        for one, test in self.templates:
            text = one.render(context)
            if text is None:
                unresolved = one.names()
            else:
                hit = any_of((hit, text if isinstance(text, Doubt) else test(text)(value)))
        if unresolved and hit is not self.negated:
            return (
                hit
                if isinstance(hit, Doubt)
                else Doubt(f"{unresolved} without a value, in {self.written} on {self.named}")
            )
        return not_(hit) if self.negated else hit


def condition(written: str, key: str, values: Sequence[str], place: str, *, variables: bool) -> Condition:
    """Compile a condition; `variables` says whether the policy's Version has them. Raises PolicyError."""
    qualifier, base, if_exists = _taken_apart(written, place)
    made = OPERATORS[base]
    tests: list[Test] = []
    templates = []
    plain = []
    for value in values:
        cut = template(value, place, pattern=made.wildcards) if variables else None
        if cut is None:
            plain.append(glob.from_policy(value) if made.wildcards else value)
        elif made.variables:
            templates.append((cut, made.test))
        else:
            raise PolicyError(place, f"{written} takes no policy variable, such as {value!r}")
    try:
        tests = _tests(base, made, plain)
    except ValueError as problem:
        raise PolicyError(place, str(problem)) from None
    return Condition(
        written=written,
        named=key,
        key=key.lower(),
        values=tuple(values),
        null=base == "null",
        negated=made.negated,
        if_exists=if_exists,
        qualifier=qualifier,
        tests=tuple(tests),
        templates=tuple(templates),
    )


def _taken_apart(written: str, place: str) -> tuple[str, str, bool]:
    qualifier, colon, base = written.lower().rpartition(":")
    if_exists = base.endswith(SUFFIX)
    base = base.removesuffix(SUFFIX)
    if base not in OPERATORS or (colon and qualifier not in QUALIFIERS) or (if_exists and base == "null"):
        raise PolicyError(place, f"{written!r} is not a condition operator")
    return qualifier, base, if_exists


def _tests(base: str, made: Operator, values: Sequence[str]) -> list[Test]:
    """Compile the values; many texts to be equal to are one look into a set."""
    if base in {"stringequals", "stringnotequals"} and len(values) > 1:
        return [frozenset(values).__contains__]
    return [made.test(value) for value in values]


def context_of(keys: Mapping[str, object]) -> dict[str, Values]:
    """Return a request's keys as conditions read them: names in lower case, values as texts; raises RequestError.

    A value may be a `Doubt`: the key is there, and what depends on its value is in doubt.
    """
    return {key.lower(): _values(key, value) for key, value in keys.items() if value is not None}


def _values(key: str, value: object) -> Values:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Doubt):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return tuple(sorted(_text(key, one) for one in value))
    return (_text(key, value),)


def _text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float, Decimal)):
        return str(value)
    raise RequestError(f"the context key {key} is a text, a truth value, a number or a list of them, not {value!r}")
