"""What a statement is about: the actions, the resources and the conditions that a request must meet.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hexward.iam import arn, glob
from hexward.iam.condition import condition, context_of
from hexward.iam.doubt import Answer, Doubt, any_of, not_
from hexward.iam.variables import Context, Template

ANY_ARN = "arn:*"


def match_condition(operator: str, key: str, values: str | Sequence[object], context: Mapping[str, object]) -> bool:
    """Say whether one condition of a policy of Version 2012-10-17 holds in a request; its keys may be in any case.

    False also where AWS's documentation leaves the outcome open, such as several values without a set operator.
    Raises PolicyError for an unknown operator or a value that is not of its type.
    """
    texts = (
        [values]
        if isinstance(values, str)
        else [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
    )
    return (
        condition(operator, key, texts, f"Condition.{operator}.{key}", variables=True).holds(context_of(context))
        is True
    )


@dataclass(frozen=True, slots=True)
class Actions:
    """A compiled Action or NotAction element; names are in lower case, since AWS ignores their case."""

    written: tuple[str, ...]
    excluded: bool
    literals: frozenset[str]
    globs: tuple[glob.Matcher, ...]

    def match(self, action: str) -> bool:
        """Say whether an action in lower case is meant; names that AWS never had match wildcards like any other."""
        return (action in self.literals or any(matches(action) for matches in self.globs)) is not self.excluded

    def match_all(self, pattern: str) -> Answer:
        """Say whether every action that a pattern can mean is meant."""
        if self.excluded:
            return not_(any_of(arn.intersect(pattern, other.lower()) for other in self.written))
        return arn.covered(pattern, [other.lower() for other in self.written])

    def services(self) -> frozenset[str] | None:
        """Return the prefixes of the actions that can be meant, or None for any."""
        prefixes = {action.lower().partition(":")[0] for action in self.written}
        return None if self.excluded or any(glob.wild(prefix) for prefix in prefixes) else frozenset(prefixes)


def actions(written: tuple[str, ...], *, excluded: bool) -> Actions:
    """Compile an Action or NotAction element."""
    lower = [action.lower() for action in written]
    literals = frozenset(action for action in lower if not glob.wild(action))
    globs = tuple(glob.matcher(action) for action in lower if glob.wild(action))
    return Actions(written, excluded, literals, globs)


@dataclass(frozen=True, slots=True)
class Target:
    """The resource of a request: one ARN, or a pattern that stands for many.

    `whole` asks about all of them together; `untyped` says that the action knows no resources but `*`.
    """

    text: str
    fields: tuple[str, ...]
    wild: bool = False
    untyped: bool = False
    whole: bool = False

    @property
    def pattern(self) -> str:
        """The target as an ARN pattern."""
        return ANY_ARN if glob.everything(self.text) else glob.from_policy(self.text)


@lru_cache(maxsize=65_536)
def target(text: str) -> Target:
    """Read a request's resource."""
    return Target(text, tuple(text.split(":", arn.FIELDS - 1)), wild="*" in text or "?" in text)


@dataclass(frozen=True, slots=True)
class Resources:
    """A compiled Resource or NotResource element, or the lack of both, which means the resource that holds the policy."""

    written: tuple[str, ...]
    excluded: bool
    everything: bool
    patterns: tuple[arn.Pattern, ...]
    templates: tuple[Template, ...]

    def match(self, wanted: Target, context: Context, *, allow: bool) -> Answer:
        """Say whether the statement is about the target.

        Of a pattern, an Allow must meet some resource and a Deny must take in all; if the whole is asked for, or if the
        action has no resource types, an Allow too must take in all.
        """
        if wanted.wild:
            return self._match_pattern(wanted, context, allow=allow)
        found = wanted.fields
        hit: Answer = self.everything
        if hit is False and len(found) == arn.FIELDS:
            for pattern in self.patterns:
                if pattern.matches(wanted.text, found):
                    hit = True
                    break
                if pattern.loose is not None and hit is False and pattern.loose(wanted.text):
                    hit = arn.by_expansion(pattern, wanted.text)
        if self.templates:
            return self._settle(hit, context, lambda text: _one(text, wanted))
        return not_(hit) if self.excluded else hit

    def _match_pattern(self, wanted: Target, context: Context, *, allow: bool) -> Answer:
        if self.everything or wanted.untyped:
            return self._settle(self.everything, context, lambda _: False)
        texts = [pattern.text for pattern in self.patterns]
        some = (allow and not wanted.whole) is not self.excluded
        if some:
            hit = any_of(arn.intersect(wanted.pattern, text) for text in texts)
            answer = self._settle(hit, context, lambda text: arn.intersect(wanted.pattern, text))
        else:
            resolved = [text for one in self.templates if isinstance(text := one.render(context), str)]
            answer = self._settle(arn.covered(wanted.pattern, texts + resolved), context, lambda _: False)
        if answer is self.excluded:
            more = any_of(arn.all_by_expansion(pattern, wanted.pattern, some=some) for pattern in self.patterns)
            return more if isinstance(more, Doubt) else answer
        return answer

    def _settle(self, hit: Answer, context: Context, ask: Callable[[str], Answer]) -> Answer:
        """Add the ARNs that hold variables; in doubt if one without a value would change the outcome."""
        unresolved: Doubt | None = None
        for one in self.templates:
            text = one.render(context)
            if isinstance(text, str):
                hit = any_of((hit, ask(text)))
            else:
                # A doubt has no truth value of its own; None means that the variable has no value.
                unresolved = text if text is not None else Doubt(f"{one.names()} without a value, in a resource")
        if unresolved is not None and hit is not self.excluded:
            return unresolved
        return not_(hit) if self.excluded else hit


def _one(text: str, wanted: Target) -> Answer:
    if len(wanted.fields) != arn.FIELDS:
        return False
    pattern = arn.pattern(text)
    return pattern.matches(wanted.text, wanted.fields) or arn.by_expansion(pattern, wanted.text)


def resources(written: Sequence[str], templates: Sequence[Template], *, excluded: bool) -> Resources:
    """Compile a Resource or NotResource element; `written` leaves out the ARNs with variables, which are `templates`."""
    return Resources(
        written=tuple(written) + tuple(one.names() for one in templates),
        excluded=excluded,
        everything=any(glob.everything(text) for text in written),
        patterns=tuple(arn.pattern(glob.from_policy(text)) for text in written if not glob.everything(text)),
        templates=tuple(templates),
    )


ATTACHED = Resources((), excluded=False, everything=True, patterns=(), templates=())
"""What a statement without a Resource element is about: the resource to which its policy is attached."""
