"""The options that name the user's files of networks, for each verb that asks where a call came from."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hexward.events.origin import Databases

OPTIONS = (
    click.option("--asn", type=click.Path(path_type=Path), help="Database (.mmdb) that tells whose an address is."),
    click.option("--country", type=click.Path(path_type=Path), help="Database (.mmdb) of the countries of addresses."),
    click.option("--aws-ranges", type=click.Path(path_type=Path), help="AWS's addresses: its ip-ranges.json."),
)


def of_networks[**P, T](verb: Callable[P, T]) -> Callable[P, T]:
    """Give a verb the options."""
    for option in reversed(OPTIONS):
        verb = option(verb)
    return verb


def databases(given: Mapping[str, Path | None]) -> "Databases":
    """Return the files that the options name."""
    from hexward.events.origin import Databases

    return Databases(**given)
