"""A second evaluator, as slow and plain as can be, written from the flow charts of AWS's documentation.

It shares no code with the first: no compiling, no index, no three values. Where the documentation leaves open what a policy
variable without a value does ("might cause the entire statement to be invalid"), it is run once for each reading, `strict`
and not; `Seen.unresolved` tells that such a variable was met.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

import datetime
import re
from dataclasses import dataclass

from hexward.iam import ANONYMOUS, Policies, Request

STAR, ANY = object(), object()
RCP_SERVICES = {"s3", "kms", "sts"}


class InvalidStatementError(Exception):
    """A statement that counts for nothing, since a variable in it has no value."""


@dataclass
class Seen:
    """One request, what is said of it, and whether a variable had no value."""

    request: Request
    strict: bool
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
    wanted = [[]]
    for letter in pattern:
        if letter == ":" and len(wanted) < 6:
            wanted.append([])
        else:
            wanted[-1].append(letter)
    wanted += [[STAR]] * (6 - len(wanted))
    found = arn.split(":", 5)
    return len(found) == 6 and all(map(like, wanted, found))


def many(value):
    """Return a list of one or more."""
    return value if isinstance(value, list) else [value]


def compare(operator, wanted, value, seen, version):
    """Compare one value of the policy with one of the request, without negation."""
    wanted = {True: "true", False: "false"}.get(wanted, str(wanted)) if isinstance(wanted, bool) else str(wanted)
    value = str(value).lower() if isinstance(value, bool) else str(value)
    if operator.startswith(("String", "Arn")):
        letters = spelled(wanted, seen, version)
        if letters is None:
            return False
        if operator.startswith("Arn"):
            return arn_like(letters, value)
        if operator.endswith("Like"):
            return like(letters, value)
        text = "".join({STAR: "*", ANY: "?"}.get(one, one) for one in letters)
        return text.lower() == value.lower() if operator.endswith("IgnoreCase") else text == value
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


def number_of(address):
    """Return an IPv4 address as a number."""
    a, b, c, d = map(int, address.split("."))
    return ((a * 256 + b) * 256 + c) * 256 + d


def moment(text):
    """Return a date as seconds."""
    return float(text) if text.isdigit() and len(text) > 4 else datetime.datetime.fromisoformat(text).timestamp()


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
        return [request.principal, f"arn:aws:iam::{account}:user/{name.split('/')[1]}", root]
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
    request = seen.request
    way = "any"
    if "Principal" in statement:
        who = named(statement["Principal"])
        ways = ladder(request)
        if who == "*":
            way = "everyone"
        else:
            way = next((one for one in ways if one in who), None)
            if way is None:
                return None
    if (
        "NotPrincipal" in statement
        and not bounded
        and set(ladder(request)) <= named(statement["NotPrincipal"])
        and ladder(request)
    ):
        return None
    for element, present in (("Action", True), ("NotAction", False)):
        if element in statement:
            patterns = [[{"*": STAR, "?": ANY}.get(c, c) for c in one.lower()] for one in many(statement[element])]
            if any(like(one, request.action.lower()) for one in patterns) is not present:
                return None
    try:
        for element, present in (("Resource", True), ("NotResource", False)):
            if element in statement:
                spellings = [spelled(one, seen, version) for one in many(statement[element])]
                if any(one is not None and arn_like(one, request.resource) for one in spellings) is not present:
                    return None
        for operator, keys in statement.get("Condition", {}).items():
            for key, wanted in keys.items():
                if not condition_met(operator, key, wanted, seen, version):
                    return None
    except InvalidStatementError:
        return None
    return way


def ways(documents, effect, seen, *, bounded=False):
    """Return how the statements of some documents apply, for those that do."""
    out = []
    for document in documents:
        for statement in many(document["Statement"]):
            if statement["Effect"] == effect:
                way = applies(statement, seen, document.get("Version"), bounded=bounded)
                out += [] if way is None else [way]
    return out


def evaluate(request: Request, policies: Policies, *, strict: bool) -> tuple[str, str, bool]:
    """Return verdict, what blocks, and whether a variable without a value was met."""
    seen = Seen(request, strict)
    verdict, layer = Evaluation(seen, policies).run()
    return verdict, layer, seen.unresolved


class Evaluation:
    """The flow chart."""

    def __init__(self, seen, policies):
        self.seen, self.policies, self.request = seen, policies, seen.request
        principal, self.action = self.request.principal, self.request.action.lower()
        self.person = principal.startswith("arn:")
        self.root = principal.endswith(":root")
        self.federated = ":federated-user/" in principal
        self.linked = "role/aws-service-role/" in principal
        self.service = self.action.split(":")[0]
        self.bounded = policies.boundary is not None and self.person and not self.root

    def layers(self):
        """Return all documents that can deny, by layer, in the order in which they are told."""
        p = self.policies
        out = []
        if self.person and not self.linked:
            out.append(("scp", [d for level in p.scps for d in level]))
        if self.service in RCP_SERVICES and self.action != "kms:retiregrant" and not self.linked:
            out.append(("rcp", [d for level in p.rcps for d in level]))
        if self.person and not self.root:
            out.append(("boundary", list(p.boundary or ())))
        if self.person:
            out.append(("session", list(p.session or ())))
        out.append(("endpoint", list(p.endpoint or ())))
        keeps = {"s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"}
        if not (self.root and self.action in keeps and home(self.request) == owner(self.request)):
            out.append(("resource", [p.resource] if p.resource else []))
        if self.person and not self.root:
            out.append(("identity", list(p.identity)))
        return out

    def run(self):
        """Decide."""
        if self.action == "sts:getcalleridentity" and self.person:
            return "allowed", "none"
        for layer, documents in self.layers():
            if ways(documents, "Deny", self.seen, bounded=self.bounded):
                return "explicitly_denied", layer
        for layer, levels in self.guards():
            for level in levels:
                if not ways(level, "Allow", self.seen):
                    return "implicitly_denied", layer
        if self.root and self.action == "sts:assumerole":
            return "implicitly_denied", "identity"
        granted = ways([self.policies.resource], "Allow", self.seen) if self.policies.resource else []
        if not self.person:
            return ("allowed", "none") if granted else ("implicitly_denied", "resource")
        if home(self.request) != owner(self.request):
            return self.identity() if granted else ("implicitly_denied", "resource")
        return self.same_account(granted)

    def guards(self):
        """Return the levels that must allow, before anything is granted."""
        p = self.policies
        if self.service in RCP_SERVICES and self.action != "kms:retiregrant" and not self.linked:
            yield "rcp", p.rcps
        if self.person and not self.linked:
            yield "scp", p.scps
        if p.endpoint is not None:
            yield "endpoint", [p.endpoint]

    def same_account(self, granted):
        """Apply the table of resource-based policies within one account."""
        own, *_ = [*ladder(self.request), None]
        if "everyone" in granted or (own in granted and ":role/" not in own):
            return "allowed", "none"
        account = f"arn:aws:iam::{home(self.request)}:root"
        if any(way != account for way in granted):
            return self.limits()
        resource = self.request.resource
        key = self.service == "kms" and ":key/" in resource
        role = self.service == "sts" and ":role/" in resource
        if (key or role) and account not in granted:
            return "implicitly_denied", "resource"
        return self.identity()

    def identity(self):
        """Ask the principal's own policies."""
        if self.root:
            return "allowed", "none"
        if not ways(self.policies.identity, "Allow", self.seen):
            return "implicitly_denied", "identity"
        return self.limits()

    def limits(self):
        """Ask what limits them."""
        p = self.policies
        if p.boundary is not None and not ways(p.boundary, "Allow", self.seen):
            return "implicitly_denied", "boundary"
        if p.session is not None and not ways(p.session, "Allow", self.seen):
            return "implicitly_denied", "session"
        if p.session is None and self.federated:
            return "implicitly_denied", "session"
        return "allowed", "none"
