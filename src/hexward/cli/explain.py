"""`hexward explain ID`: the page of a control or a detection, at the terminal."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hexward.controls import Control
    from hexward.detections import Detection


@click.command()
@click.argument("name", metavar="ID")
def explain(name: str) -> int:
    """Tell what a control or a detection judges, why it matters, what to do about it, and what it needs to see."""
    from rich.console import Console
    from rich.text import Text

    title, rows = _page(name)
    console = Console(highlight=False, soft_wrap=False)
    # Rich ends the program when a pipe closes, so it does not write there itself.
    with console.capture() as told:
        console.print(Text.assemble((name, "bold"), f"\n{title}.\n"))
        for word, text in rows.items():
            console.print(Text.assemble((f"{word}: ", "bold"), text))
    click.echo(told.get(), nl=False)
    return 0


def _page(name: str) -> tuple[str, dict[str, str]]:
    """Return a title and the named texts below it. Raises UsageError, with the likeliest ids, if there is nothing of that name."""
    import difflib

    from hexward.controls import ids, load
    from hexward.detections import detections
    from hexward.model import UsageError

    if name in ids():
        return _control(load(name))
    known = {one.id: one for one in detections()}
    if name in known:
        return _detection(known[name])
    near = difflib.get_close_matches(name, [*ids(), *known], n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"there is no control or detection {name!r}{hint}")


def _control(control: "Control") -> tuple[str, dict[str, str]]:
    from hexward.collect.collect import tables_for

    calls = sorted({call for table in tables_for((control.judges, *control.uses)) for call in table.calls})
    return control.title, {
        "Practice": control.practice.value,
        "Severity": f"{control.severity} ({control.kind.value})",
        "Judges": control.judges.__name__,
        "Why": control.why,
        "Fix": control.fix,
        "Frameworks": ", ".join(control.frameworks) or "none",
        "Reads": ", ".join(calls),
        "Source": control.source,
    }


def _detection(detection: "Detection") -> tuple[str, dict[str, str]]:
    needs = [detection.data_source.value, *(["a baseline"] if detection.needs_baseline else [])]
    return detection.title, {
        "Practice": detection.id.partition(".")[0],
        "Level": str(detection.level),
        "Tells": " ".join(detection.description.split()),
        "Also when": "; ".join(one.rstrip(".") for one in detection.false_positives) or "nothing else is known",
        "Tactics": ", ".join(detection.tactics) or "none",
        "Tags": ", ".join(detection.tags) or "none",
        "Needs": ", ".join(needs),
        "Sigma id": detection.sigma_id,
    }
