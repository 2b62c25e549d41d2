"""Options that several verbs share, each group handed to the verb as one thing."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from hexward.cli._nearest import OneOf
from hexward.model import Practice

if TYPE_CHECKING:
    from hexward.aws import Connection
    from hexward.controls import Control

type Command = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Reached:
    """How to reach the account, as the user said."""

    profile: str | None
    role_arn: str | None
    external_id: str | None
    endpoint_url: str | None

    def __bool__(self) -> bool:
        """Say whether the user said anything of it."""
        return any((self.profile, self.role_arn, self.external_id, self.endpoint_url))

    def connect(self) -> "Connection":
        """Open the account. Raises AccountError."""
        from hexward.aws import connect

        return connect(
            profile=self.profile,
            role_arn=self.role_arn,
            external_id=self.external_id,
            endpoint_url=self.endpoint_url,
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which controls the user asked for."""

    practices: tuple[str, ...]
    services: tuple[str, ...]
    ids: tuple[str, ...]
    quick: bool

    def controls(self) -> tuple["Control", ...]:
        """Return the controls. Raises UsageError for a service or control that does not exist."""
        from hexward.cli._selection import chosen

        return chosen(self.practices, self.services, self.ids, quick=self.quick)


def _grouped[T](
    name: str, made: Callable[..., T], *options: Callable[[Command], Command]
) -> Callable[[Command], Command]:
    """Add options to a verb, which gets what is made of them under one name."""
    taken = made.__dataclass_fields__  # type: ignore[attr-defined]

    def decorate(verb: Command) -> Command:
        def run(**given: Any) -> int:  # noqa: ANN401  (click passes options of every type)
            group = {field: given.pop(field) for field in taken}
            return verb(**given, **{name: made(**group)})

        made_of: Command = functools.update_wrapper(run, verb)
        for option in reversed(options):
            made_of = option(made_of)
        return made_of

    return decorate


reaching = _grouped(
    "reached",
    Reached,
    click.option("--profile", help="Profile of the AWS configuration, SSO profiles too."),
    click.option("--role-arn", help="Role to assume first, for instance the one of `doctor --template`."),
    click.option("--external-id", help="External id that the role's trust policy asks for."),
    click.option("--endpoint-url", help="Where to find AWS, for an emulator."),
)

located = click.option("--region", help="Region of the buckets of s3:// paths. Default: that of your settings.")

choosing = _grouped(
    "choice",
    Chosen,
    click.option(
        "--practice", "practices", multiple=True, type=OneOf([p.value for p in Practice]), help="Only this practice."
    ),
    click.option("--service", "services", multiple=True, help="Only controls that judge something of this service."),
    click.option("--control", "ids", multiple=True, help="Only this control, such as encryption.key_rotation_yearly."),
    click.option("--quick", is_flag=True, help="Only critical controls, and only the calls that they need."),
)
