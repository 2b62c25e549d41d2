"""What every policy says to one request, before the answers are put together."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hexward.iam.authorization import under_rcps
from hexward.iam.doubt import Answer, Doubt, all_of
from hexward.iam.policies import Compiled
from hexward.iam.policy import Cited, Layer, Placed, Shelf, cite
from hexward.iam.principal import Grant, Sort
from hexward.iam.request import Asked

OWNER_KEEPS = {"s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"}
"""What the root user of a bucket's account may do although the bucket policy denies it.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
"""
GATEWAYS = {"s3", "dynamodb"}
"""Services with gateway endpoints, at which an account as Principal means its root user alone.

https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
"""
LIMITS = (Layer.BOUNDARY, Layer.SESSION)
BOUNDED = {Sort.USER, Sort.ROLE, Sort.SESSION, Sort.FEDERATED}


@dataclass(slots=True)
class Weighed:
    """The answers: `denies` are certain; `allows` has no entry for a layer that does not apply."""

    denies: list[tuple[Layer, Cited]] = field(default_factory=list)
    doubtful_denies: list[tuple[Layer, Doubt]] = field(default_factory=list)
    allows: dict[Layer, Answer] = field(default_factory=dict)
    identity: Cited | None = None
    grants: list[tuple[Grant, Answer, Cited]] = field(default_factory=list)
    own_grant: bool = False

    def doubts(self) -> list[Doubt]:
        """Return all that is open, whether or not it matters."""
        gates = [answer for answer in self.allows.values() if isinstance(answer, Doubt)]
        grants = [answer for _, answer, _ in self.grants if isinstance(answer, Doubt)]
        return [doubt for _, doubt in self.doubtful_denies] + gates + grants


def weigh(asked: Asked, policies: Compiled) -> Weighed:
    """Put the request to every policy that applies to it."""
    out = Weighed(own_grant=asked.needs_own_grant(policy_known=policies.resource is not None))
    for layer, shelf in _gates(asked, policies):
        denies, allows = shelf.about(asked.action)
        _deny(out, asked, layer, denies, bounded=_bounded(asked, policies))
        answer, cited = _allow(asked, layer, allows)
        if layer is Layer.IDENTITY:
            out.identity = cited
        before = out.allows.get(layer, True)
        out.allows[layer] = answer if before is True or answer is False else before
    if asked.who.sort is Sort.FEDERATED and policies.session is None:
        # A federated user without a session policy holds no permissions of its own.
        out.allows[Layer.SESSION] = False
    if policies.resource is not None:
        _weigh_resource(out, asked, policies, policies.resource)
    if policies.grants and asked.service == "kms":
        _weigh_grants(out, asked, policies)
    return out


def _gates(asked: Asked, policies: Compiled) -> Iterator[tuple[Layer, Shelf]]:
    """Yield the policies that apply, but for the resource's own."""
    who, linked = asked.who, asked.service_linked
    if policies.rcps and not linked and asked.service in under_rcps() and asked.action != "kms:retiregrant":
        for level in policies.rcps:
            yield Layer.RCP, level
    if who.personal and not linked:
        for level in policies.scps:
            yield Layer.SCP, level
    if policies.endpoint is not None:
        yield Layer.ENDPOINT, policies.endpoint
    if who.sort in BOUNDED:
        yield Layer.IDENTITY, policies.identity
        if policies.boundary is not None:
            yield Layer.BOUNDARY, policies.boundary
    if who.personal and policies.session is not None:
        yield Layer.SESSION, policies.session


def _bounded(asked: Asked, policies: Compiled) -> bool:
    return policies.boundary is not None and asked.who.sort in BOUNDED


def _deny(out: Weighed, asked: Asked, layer: Layer, denies: tuple[Placed, ...], *, bounded: bool) -> None:
    for placed in denies:
        statement, _ = placed
        strikes: Answer = True
        if statement.principals is not None:
            strikes = statement.principals.denies(asked.who, bounded=bounded)
            if strikes is False:
                continue
        answer = statement.applies(asked.wanted, asked.context)
        if answer is True and strikes is True:
            out.denies.append((layer, cite(placed)))
        elif answer is not False:
            out.doubtful_denies.append((layer, strikes if isinstance(strikes, Doubt) else _doubt(answer)))


def _doubt(answer: Answer) -> Doubt:
    return answer if isinstance(answer, Doubt) else Doubt("")


def _allow(asked: Asked, layer: Layer, allows: tuple[Placed, ...]) -> tuple[Answer, Cited | None]:
    """Return whether one of the statements allows, and which."""
    doubt: tuple[Doubt, Cited] | None = None
    for placed in allows:
        statement, _ = placed
        answer = statement.applies(asked.wanted, asked.context)
        if answer is False:
            continue
        if statement.principals is not None:
            grant = statement.principals.grants(asked.who)
            if grant is None:
                continue
            if layer is Layer.ENDPOINT and grant is Grant.ACCOUNT and asked.service in GATEWAYS:
                grant = Doubt("an account as Principal of an endpoint policy for a service that has gateway endpoints")
            answer = grant if isinstance(grant, Doubt) else answer
        if answer is True:
            return True, cite(placed)
        doubt = doubt or (_doubt(answer), cite(placed))
    return doubt or (False, None)


def _weigh_resource(out: Weighed, asked: Asked, policies: Compiled, shelf: Shelf) -> None:
    denies, allows = shelf.about(asked.action)
    if not (asked.who.sort is Sort.ROOT and not asked.abroad and asked.action in OWNER_KEEPS):
        _deny(out, asked, Layer.RESOURCE, denies, bounded=_bounded(asked, policies))
    if policies.closed_to_public and asked.service == "s3" and _outsider(asked):
        return
    for placed in allows:
        statement, _ = placed
        if statement.principals is None:
            continue
        grant = statement.principals.grants(asked.who)
        if grant is None:
            continue
        answer = statement.applies(asked.wanted, asked.context)
        if answer is False:
            continue
        if isinstance(grant, Doubt):
            out.grants.append((Grant.DIRECT, grant, cite(placed)))
        else:
            out.grants.append((grant, answer, cite(placed)))


def _outsider(asked: Asked) -> bool:
    return asked.who.sort in {Sort.ANONYMOUS, Sort.PROVIDER} or asked.abroad


def _weigh_grants(out: Weighed, asked: Asked, policies: Compiled) -> None:
    """Add KMS grants.

    AWS does not say whether a boundary, a session policy or a foreign account's policies limit them, nor whether an account to which one
    was made must pass it on.
    """
    for grant, place in policies.grants:
        permits = grant.permits(asked.who, asked.action, asked.wanted.text, asked.context)
        if permits is False:
            continue
        passed_on = grant.grantee.grants(asked.who) is Grant.ACCOUNT
        layers = (Layer.IDENTITY, *LIMITS) if asked.abroad or passed_on else LIMITS
        limits = [(layer, out.allows[layer]) for layer in layers if out.allows.get(layer, True) is not True]
        told = {
            layer: answer if isinstance(answer, Doubt) else Doubt(f"a KMS grant that the {layer} policies do not allow")
            for layer, answer in limits
        }
        if asked.abroad:
            out.allows |= told
            told = {}
        out.grants.append((Grant.DIRECT, all_of((permits, *told.values())), Cited(place, None, grant.name, "Allow")))
