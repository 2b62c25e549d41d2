"""Conditions and resources of a statement with their policy variables filled in, as far as the values are known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hexward.iam import arn, glob
from hexward.iam.condition import SUFFIX, Condition
from hexward.iam.match import Resources
from hexward.iam.operators import OPERATORS
from hexward.iam.partition import ANY, MANY, NONE, Regular, TooMany, Union, of_arn, of_glob, text
from hexward.iam.variables import Template, Values, Variable

type Known = Mapping[str, Values | None]
"""What policy variables stand for, by key in lower case, None if they have no value; one that is not here may have any or none."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition; `patterns` are its values as globs, or as they are, `opaque` names variables whose values are not known."""

    condition: Condition
    base: str
    patterns: tuple[str, ...]
    opaque: str

    @property
    def signature(self) -> tuple[object, ...]:
        """What makes two conditions the same, wherever they stand."""
        one = self.condition
        cut = tuple(template.parts for template, _ in one.templates)
        return (one.qualifier, self.base, one.if_exists, one.key, self.patterns, cut)

    def unions(self) -> Union:
        """Return the values as patterns of texts; none for operators that do not compare texts."""
        if self.base.startswith("arn"):
            whole = [(MANY,) for one in self.patterns if glob.everything(one)]
            return (*whole, *(of_arn(one) for one in self.patterns if one.startswith("arn:")))
        if self.base.endswith("like"):
            return tuple(of_glob(one) for one in self.patterns)
        if self.base.startswith("string"):
            return tuple(text(one, any_case="ignorecase" in self.base) for one in self.patterns)
        return ()


def clause(condition: Condition, known: Known) -> Clause:
    """Take a condition apart, and fill in the variables that are known."""
    base = condition.written.lower().rpartition(":")[2].removesuffix(SUFFIX)
    made = OPERATORS[base]
    plain = [one for one in condition.values if not (condition.templates and "${" in one)]
    patterns = [glob.from_policy(one) if made.wildcards else one for one in plain]
    tests, left = list(condition.tests), []
    for template, test in condition.templates:
        filled = fill(template, known)
        if filled is None:
            left.append((template, test))
        else:
            patterns.append(filled)
            tests.append(test(filled))
    whole = replace(condition, tests=tuple(tests), templates=tuple(left))
    opaque = ", ".join(template.names() for template, _ in left) or ("no values" if not condition.values else "")
    return Clause(whole, base, tuple(patterns), opaque and f"{opaque} in {condition.written} on {condition.named}")


def fill(template: Template, known: Known) -> str | None:
    """Return a template's text, or None if it hangs on a variable whose value is not known, or not there."""
    if any(isinstance(part, Variable) and known.get(part.key) is None for part in template.parts):
        return None
    filled = template.render({key: value for key, value in known.items() if value is not None})
    return filled if isinstance(filled, str) else None


def widened(template: Template) -> str:
    """Return the glob of all texts that a template can become."""
    parts = (part if isinstance(part, str) else "*" for part in template.parts)
    return "".join(part if template.pattern or part == "*" else glob.literal(part) for part in parts)


def wide(one: Clause) -> Clause | None:
    """Return a condition that holds wherever one with unknown variables does; None if there is no such thing to say."""
    condition = one.condition
    if condition.negated or condition.qualifier or not condition.values or not one.base.startswith(("string", "arn")):
        return None
    like = "arnlike" if one.base.startswith("arn") else "stringlike"
    # In any case, a text that ignores case could be anything here.
    loose = ("*",) if one.base.endswith("ignorecase") else ()
    literal = one.patterns if OPERATORS[one.base].wildcards else tuple(map(glob.literal, one.patterns))
    patterns = (*loose, *literal, *(widened(template) for template, _ in condition.templates))
    tests = tuple(OPERATORS[like].test(pattern) for pattern in patterns)
    return Clause(replace(condition, written=like, tests=tests, templates=()), like, patterns, "")


def filled_resources(resources: Resources, known: Known) -> Resources:
    """Fill in the variables of a Resource element that are known."""
    if not resources.templates:
        return resources
    if resources.everything and (resources.excluded or always_filled(resources)):
        return replace(resources, templates=())
    filled = [(one, fill(one, known)) for one in resources.templates]
    made = [arn.pattern(done) for _, done in filled if done is not None]
    left = tuple(one for one, done in filled if done is None)
    return replace(resources, patterns=(*resources.patterns, *made), templates=left)


UNNAMEABLE = "a resource with * or ? in its name, which no request can name"


def names_wildcards(resources: Resources) -> bool:
    """Say whether a Resource element names resources by `${*}` or `${?}`."""
    texts = (part for one in resources.templates for part in one.parts if isinstance(part, str))
    return any("\\*" in one or "\\?" in one for one in texts)


def always_filled(resources: Resources) -> bool:
    """Say whether all variables of a Resource element have something that stands for them where the request has no value."""
    parts = (part for one in resources.templates for part in one.parts)
    return all(isinstance(part, str) or part.default is not None for part in parts)


def wide_resources(resources: Resources) -> Resources:
    """Return a Resource element that takes in all that one with unknown variables can mean."""
    made = [arn.pattern(widened(one)) for one in resources.templates]
    return replace(resources, patterns=(*resources.patterns, *made), templates=())


def resource_union(resources: Resources) -> tuple[Regular, ...]:
    """Return a Resource element as patterns of ARNs; one that means everything has none, for it tells nothing apart.

    Raises TooMany for one that has too few fields, and so another meaning if a `*` in it expands over colons.
    """
    for one in resources.patterns:
        if one.loose is not None and one.text.count(":") < arn.FIELDS - 1:
            raise TooMany(f"whether a * of {one.text} expands over colons")
    return () if resources.everything else tuple(of_arn(one.text) for one in resources.patterns)


SOMETHING: Union = ((ANY, (NONE, True, True)),)
