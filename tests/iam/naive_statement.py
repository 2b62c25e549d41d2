"""What one statement says to a request, for the second evaluator: written from AWS's documentation, slow and plain.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

import datetime as dt
import re
from dataclasses import dataclass

from hexward.iam import ANONYMOUS, Request

STAR, ANY = object(), object()


class InvalidStatementError(Exception):
    """A statement that counts for nothing, since a variable in it has no value."""


@dataclass
class Seen:
    """One request, how it is read, and whether a variable had no value or a `*` another meaning."""

    request: Request
    strict: bool
    expands: bool
    unresolved: bool = False

    def key(self, name):
        """Return a context key's values, or None."""
        found = {key.lower(): value for key, value in facts(self.request).items()}
        found |= {key.lower(): value for key, value in self.request.context.items()}
        value = found.get(name.lower())
        return None if value is None else value if isinstance(value, list) else [value]


def fields(arn):
    """Split a request's principal."""
    return arn.split(":", 5) if arn.startswith("arn:") else None


def facts(request):
    """Return the keys that follow from the principal and the resource."""
    found = fields(request.principal)
    out = {}
    if found:
        account, name = found[4], found[5]
        out = {"aws:PrincipalAccount": account, "aws:PrincipalArn": request.principal}
        if name.startswith("user/"):
            out["aws:username"] = name.split("/")[-1]
        if name.startswith("assumed-role/"):
            out["aws:PrincipalArn"] = f"arn:aws:iam::{account}:role/{name.split('/')[1]}"
    if owner(request):
        out["aws:ResourceAccount"] = owner(request)
    return out


def home(request):
    """Return the account of the principal."""
    found = fields(request.principal)
    return found[4] if found else None


def owner(request):
    """Return the account of the resource."""
    parts = request.resource.split(":")
    return request.resource_account or (parts[4] if len(parts) > 4 and parts[4] else home(request))


def like(pattern, text):
    """Match a list of characters and wildcards."""
    if not pattern:
        return not text
    if pattern[0] is STAR:
        return like(pattern[1:], text) or bool(text and like(pattern, text[1:]))
    return bool(text) and (pattern[0] is ANY or pattern[0] == text[0]) and like(pattern[1:], text[1:])


def spelled(text, seen, version):
    """Turn a policy's text into characters and wildcards, with its variables filled in; None if one has no value."""
    out = []
    while text:
        variable = re.match(r"\$\{([^}]*)\}", text) if version == "2012-10-17" else None
        if variable:
            text = text[variable.end() :]
            name, _, default = variable[1].partition(",")
            values = [name] if name in {"*", "?", "$"} else seen.key(name)
            if values is None and default:
                values = [default.strip().strip("'")]
            if values is None:
                seen.unresolved = True
                if seen.strict:
                    raise InvalidStatementError
                return None
            out += list(values[0])
        else:
            out.append({"*": STAR, "?": ANY}.get(text[0], text[0]))
            text = text[1:]
    return out


def arn_like(pattern, arn):
    """Match field by field; `pattern` is spelled."""
    if pattern == [STAR]:
        return True
    wanted: list[list[object]] = [[]]
    for letter in pattern:
        if letter == ":" and len(wanted) < 6:
            wanted.append([])
        else:
            wanted[-1].append(letter)
    wanted += [[STAR]] * (6 - len(wanted))
    found = arn.split(":", 5)
    return len(found) == 6 and all(map(like, wanted, found))


def expanding(pattern, arn):
    """Match a spelled pattern with and without its missing fields; a `*` at the end of a field goes on over colons."""
    fields = 1 + pattern.count(":")
    padded = pattern + [":", STAR] * (6 - fields)
    return len(arn.split(":")) > 5 and any(reach(one, arn, 0) for one in (pattern, padded))


def reach(pattern, text, field):
    """Match from a place on, in the field of that number; wildcards of the last take colons."""
    if not pattern:
        return not text
    first, rest = pattern[0], pattern[1:]
    free = field == 5
    if first is STAR and rest[:1] == [STAR]:
        return reach(rest, text, field)
    if first is STAR:
        wide = free or rest[:1] in ([], [":"])
        return reach(rest, text, field) or bool(text and (wide or text[0] != ":") and reach(pattern, text[1:], field))
    fits = bool(text) and (first == text[0] or (first is ANY and (free or text[0] != ":")))
    return fits and reach(rest, text[1:], min(field + (first == ":"), 5))


def means(pattern, seen):
    """Match a spelled pattern with the resource, by one of the readings."""
    found, wider = arn_like(pattern, seen.request.resource), expanding(pattern, seen.request.resource)
    if wider and not found:
        seen.unresolved = True
    return found or (wider and seen.expands)


def many(value):
    """Return a list of one or more."""
    return value if isinstance(value, list) else [value]


def compare(operator, wanted, value, seen, version):
    """Compare one value of the policy with one of the request, without negation."""
    wanted, value = (str(one).lower() if isinstance(one, bool) else str(one) for one in (wanted, value))
    if operator.startswith(("String", "Arn")):
        return compare_text(operator, spelled(wanted, seen, version), value)
    if operator == "Bool":
        return wanted.lower() == value.lower()
    if operator == "IpAddress":
        address, _, bits = wanted.partition("/")
        shift = 32 - int(bits or 32)
        return number_of(address) >> shift == number_of(value) >> shift
    read = moment if operator.startswith("Date") else float
    left, right = read(value), read(wanted)
    return {
        "Equals": left == right,
        "LessThan": left < right,
        "LessThanEquals": left <= right,
        "GreaterThan": left > right,
        "GreaterThanEquals": left >= right,
    }[operator.removeprefix("Date").removeprefix("Numeric")]


def compare_text(operator, letters, value):
    """Compare texts and ARNs."""
    if letters is None:
        return False
    if operator.startswith("Arn"):
        return arn_like(letters, value)
    if operator.endswith("Like"):
        return like(letters, value)
    text = "".join({STAR: "*", ANY: "?"}.get(one, one) for one in letters)
    return text.lower() == value.lower() if operator.endswith("IgnoreCase") else text == value


def number_of(address):
    """Return an IPv4 address as a number."""
    a, b, c, d = map(int, address.split("."))
    return ((a * 256 + b) * 256 + c) * 256 + d


def moment(text):
    """Return a date as seconds."""
    return float(text) if text.isdigit() and len(text) > 4 else dt.datetime.fromisoformat(text).timestamp()


def condition_met(operator, key, wanted, seen, version):
    """Evaluate one line of the Condition element."""
    found = seen.key(key)
    if operator == "Null":
        return (not any(str(one) for one in found or [])) is (str(many(wanted)[0]).lower() == "true")
    qualifier, _, name = operator.rpartition(":")
    if_exists = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    negated = "Not" in name
    name = name.replace("Not", "", 1)

    def one(value):
        hits = [compare(name, each, value, seen, version) for each in many(wanted)]
        return not any(hits) if negated else any(hits)

    if found is None:
        if if_exists:
            return True
        return qualifier == "ForAllValues" if qualifier else negated
    if qualifier:
        values = [] if found == [""] else found
        results = [one(value) for value in values]
        return all(results) if qualifier == "ForAllValues" else any(results)
    return one(found[0])


def ladder(request):
    """Return the ways a policy can name the principal: itself, what it stems from, its account."""
    found = fields(request.principal)
    if not found:
        return [request.principal] if request.principal != ANONYMOUS else []
    account, name = found[4], found[5]
    root = f"arn:aws:iam::{account}:root"
    if name.startswith("assumed-role/"):
        return [request.principal, f"arn:aws:iam::{account}:role/{name.split('/')[1]}", root]
    if name.startswith("federated-user/"):
        return [request.principal, root]
    return [request.principal] if name == "root" else [request.principal, root]


def named(element):
    """Return everyone, or the set of those that a Principal element names."""
    if element == "*":
        return "*"
    out = set()
    for kind, values in element.items():
        for value in many(values):
            if kind == "AWS" and value == "*":
                return "*"
            out.add(f"arn:aws:iam::{value}:root" if re.fullmatch(r"\d{12}", value) else value)
    return out


def applies(statement, seen, version, *, bounded):
    """Say how a statement applies: not (None), or by which way of naming the principal."""
    way = way_named(statement, ladder(seen.request), bounded=bounded)
    doubtful = way is None and by_its_user(statement, ladder(seen.request))
    try:
        if (way or doubtful) and means_action(statement, seen) and means_resource(statement, seen, version):
            conditions = [
                (one, key, wanted)
                for one, keys in statement.get("Condition", {}).items()
                for key, wanted in keys.items()
            ]
            if all(condition_met(*one, seen, version) for one in conditions):
                seen.unresolved = seen.unresolved or doubtful
                return "the user" if doubtful and seen.strict else way
    except InvalidStatementError:
        pass
    return None


def by_its_user(statement, rungs):
    """Say whether a Deny may mean a federated user by the user who federated it, whom its ARN does not tell."""
    if statement["Effect"] != "Deny" or not any(":federated-user/" in one for one in rungs):
        return False
    if "NotPrincipal" in statement:
        return True
    who = named(statement.get("Principal", {}))
    return any(one.startswith(rungs[-1].replace(":root", ":user/")) for one in who)


def way_named(statement, rungs, *, bounded):
    """Return the way in which a statement names the principal, or None."""
    if "NotPrincipal" in statement:
        return None if rungs and set(rungs) <= named(statement["NotPrincipal"]) and not bounded else "any"
    if "Principal" not in statement:
        return "any"
    who = named(statement["Principal"])
    return "everyone" if who == "*" else next((one for one in rungs if one in who), None)


def means_action(statement, seen):
    """Evaluate Action and NotAction."""
    present = "Action" in statement
    written = many(statement["Action" if present else "NotAction"])
    patterns = [[{"*": STAR, "?": ANY}.get(letter, letter) for letter in one.lower()] for one in written]
    return any(like(one, seen.request.action.lower()) for one in patterns) is present


def means_resource(statement, seen, version):
    """Evaluate Resource and NotResource."""
    present = "Resource" in statement
    spellings = [spelled(one, seen, version) for one in many(statement["Resource" if present else "NotResource"])]
    return any(one is not None and means(one, seen) for one in spellings) is present


def ways(documents, effect, seen, *, bounded=False):
    """Return how the statements of some documents apply, for those that do."""
    out = []
    for document in documents:
        for statement in many(document["Statement"]):
            if statement["Effect"] == effect:
                way = applies(statement, seen, document.get("Version"), bounded=bounded)
                out += [] if way is None else [way]
    return out
