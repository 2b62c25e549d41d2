"""Which controls the user asked for."""

from collections.abc import Iterable

from hexward.cli._nearest import nearest
from hexward.collect.collect import tables_for
from hexward.controls import Control, controls, load
from hexward.model import Severity, UsageError


def chosen(
    practices: Iterable[str], services: Iterable[str], ids: Iterable[str], *, quick: bool = False
) -> tuple[Control, ...]:
    """Return the controls of the practices, those that judge something of the services, and those named; all if nothing is named.

    `quick` leaves out those that are not critical, but for the ones that are named.

    Raises UsageError for a service or control that does not exist, with the nearest names.
    """
    practices, services, ids = tuple(practices), tuple(services), tuple(ids)
    named = tuple(load(control_id) for control_id in ids)
    if not practices and not services and not quick and ids:
        return named
    everything = controls()
    by_service = {c.id: {table.service for table in tables_for((c.judges,))} for c in everything}
    known = sorted(set().union(*by_service.values()))
    for service in services:
        if service not in known:
            hint = nearest(service, known) or f"; there are {', '.join(known)}"
            raise UsageError(f"no control judges the service {service!r}{hint}")
    found = [c for c in everything if not quick or c.severity is Severity.CRITICAL]
    found = [c for c in found if not practices or c.practice in practices]
    found = [c for c in found if not services or by_service[c.id] & set(services)]
    return tuple(dict.fromkeys((*found, *named)))
