"""Policy documents become compiled policies; whatever AWS would refuse is refused, with its place.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

import re
from functools import lru_cache

from hexward.iam import glob
from hexward.iam.condition import Condition, condition
from hexward.iam.document import Number, listed, members, read, text, text_of, texts
from hexward.iam.errors import PolicyError
from hexward.iam.match import ATTACHED, Actions, Resources, actions, resources
from hexward.iam.policy import Layer, Policy, Statement
from hexward.iam.principal import EVERY_AWS, EVERYONE, Principals, principals
from hexward.iam.variables import template

VARIABLES = "2012-10-17"
VERSIONS = {"2008-10-17", VARIABLES}
DOCUMENT = {"Version", "Id", "Statement"}
STATEMENT = {
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
}
TYPES = {"AWS", "Service", "Federated", "CanonicalUser"}
ACTION = re.compile(r"[A-Za-z0-9*?-]+:[A-Za-z0-9*?._-]+\Z", re.ASCII)
ARN = re.compile(r"arn:(aws[a-z0-9-]*|[^:]*[*?][^:]*|\$\{.*)(:|\Z)", re.ASCII | re.DOTALL)
NAMES_PRINCIPALS = {Layer.RESOURCE, Layer.ENDPOINT, Layer.RCP}


def parse(document: object, layer: Layer) -> Policy:
    """Compile a document, given as JSON text or as its structure; equal texts are compiled once.

    Raises PolicyError, and nothing else, for whatever is not a policy of this layer.
    """
    return _parsed(text_of(document), layer)


@lru_cache(maxsize=8_192)
def _parsed(source: str, layer: Layer) -> Policy:
    found = members(read(source), "document")
    _known(found, DOCUMENT, "document")
    version = found.get("Version")
    if "Version" in found and (not isinstance(version, str) or version not in VERSIONS):
        raise PolicyError("Version", f"is one of {', '.join(sorted(VERSIONS))}, not {version!r}")
    if "Id" in found:
        text(found["Id"], "Id")
    if "Statement" not in found:
        raise PolicyError("document", "has no Statement")
    statements = listed(found["Statement"], "Statement")
    variables = version == VARIABLES
    compiled = [_statement(one, at, place, layer, variables=variables) for at, (one, place) in enumerate(statements)]
    return Policy(layer, tuple(one for one in compiled if not _means_nothing(one)))


def _means_nothing(statement: Statement) -> bool:
    """Say whether a statement has an empty list for an element: AWS takes it, it "does not affect the policy".

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    """
    named = statement.principals
    nobody = named is not None and not named.written
    return (
        nobody or not statement.actions.written or not (statement.resources.written or statement.resources is ATTACHED)
    )


def _statement(value: object, at: int, place: str, layer: Layer, *, variables: bool) -> Statement:
    found = members(value, place)
    _known(found, STATEMENT, place)
    effect = found.get("Effect")
    if not isinstance(effect, str) or effect not in {"Allow", "Deny"}:
        raise PolicyError(f"{place}.Effect", f"is Allow or Deny, not {effect!r}")
    return Statement(
        at=at,
        sid=text(found["Sid"], f"{place}.Sid") if "Sid" in found else "",
        allow=effect == "Allow",
        principals=_principals(found, place, layer),
        actions=_actions(found, place),
        resources=_resources(found, place, layer, variables=variables),
        conditions=_conditions(found.get("Condition", {}), f"{place}.Condition", variables=variables),
    )


def _known(found: dict[str, object], names: set[str], place: str) -> None:
    for name in found:
        if name not in names:
            raise PolicyError(place, f"has an element {name!r}, which policies do not have")


def _either(found: dict[str, object], name: str, place: str) -> tuple[str, bool] | None:
    """Return the element's name as it stands in the statement, and whether it begins with Not."""
    opposite = f"Not{name}"
    if name in found and opposite in found:
        raise PolicyError(place, f"has both {name} and {opposite}")
    if name in found:
        return name, False
    return (opposite, True) if opposite in found else None


def _actions(found: dict[str, object], place: str) -> Actions:
    which = _either(found, "Action", place)
    if which is None:
        raise PolicyError(place, "has neither Action nor NotAction")
    name, excluded = which
    written = texts(found[name], f"{place}.{name}", empty=not excluded)
    for action in written:
        if not ACTION.match(action) and not glob.everything(action):
            raise PolicyError(f"{place}.{name}", f"{action!r} is not an action: service:Name, or *")
    return actions(written, excluded=excluded)


def _resources(found: dict[str, object], place: str, layer: Layer, *, variables: bool) -> Resources:
    which = _either(found, "Resource", place)
    if which is None:
        if layer is Layer.RESOURCE:
            return ATTACHED
        raise PolicyError(place, "has neither Resource nor NotResource")
    name, excluded = which
    where = f"{place}.{name}"
    plain, cut = [], []
    for one in texts(found[name], where, empty=not excluded):
        if not ARN.match(one) and not glob.everything(one):
            raise PolicyError(where, f"{one!r} is neither an ARN nor *")
        made = template(one, where, pattern=True) if variables else None
        if made is None:
            plain.append(one)
        else:
            cut.append(made)
    return resources(plain, cut, excluded=excluded)


def _principals(found: dict[str, object], place: str, layer: Layer) -> Principals | None:
    which = _either(found, "Principal", place)
    if which is None:
        if layer is Layer.RESOURCE:
            raise PolicyError(place, "has neither Principal nor NotPrincipal")
        return EVERYONE if layer in NAMES_PRINCIPALS else None
    name, excluded = which
    where = f"{place}.{name}"
    if layer not in NAMES_PRINCIPALS:
        raise PolicyError(where, f"has no place in a policy of the kind {layer}")
    value = found[name]
    if isinstance(value, str) and value != "*":
        raise PolicyError(where, f"is * or an object, not {value!r}")
    entries = [EVERY_AWS] if value == "*" else _entries(members(value, where), where, empty=not excluded)
    return principals(tuple(entries), where, excluded=excluded)


def _entries(found: dict[str, object], place: str, *, empty: bool) -> list[tuple[str, str]]:
    if not found and not empty:
        raise PolicyError(place, "is empty")
    _known(found, TYPES, place)
    return [(kind, value) for kind, values in found.items() for value in texts(values, f"{place}.{kind}", empty=empty)]


def _conditions(value: object, place: str, *, variables: bool) -> tuple[Condition, ...]:
    out = []
    for operator, keys in members(value, place).items():
        where = f"{place}.{operator}"
        seen = set()
        for key, values in members(keys, where).items():
            if key.lower() in seen:
                raise PolicyError(where, f"has {key!r} twice, in different case")
            seen.add(key.lower())
            texts_ = [_value(one, at) for one, at in listed(values, f"{where}.{key}", empty=True)]
            out.append(condition(operator, key, texts_, f"{where}.{key}", variables=variables))
    return tuple(out)


def _value(value: object, place: str) -> str:
    """Return a condition's value as text; numbers and truth values may stand without quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, Number) else text(value, place)
