"""`hexward explain ID`: the page of a control, a detection or an IAM action, at the terminal."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hexward.controls import Control
    from hexward.detections import Detection
    from hexward.detections.detection import Correlation
    from hexward.iam.authorization import Action

REFERENCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"

type Page = tuple[str, str, dict[str, str]]
"""A name, a title, and the named texts below."""

UNITS = {86_400: "day", 3_600: "hour", 60: "minute", 1: "second"}
"""Of time, by how many seconds each has."""


@click.command()
@click.argument("name", metavar="ID")
def explain(name: str) -> int:
    """Tell what a control or a detection judges, why it matters, what to do about it, and what it needs to see.

    Of an IAM action (iam:PassRole) tell what AWS documents: its access level, resources, condition keys, and what else it needs.
    """
    from rich.console import Console
    from rich.text import Text

    name, title, rows = page(name)
    console = Console(highlight=False)
    piped = not console.is_terminal
    # Rich ends the program when a pipe closes, so it does not write there itself.
    with console.capture() as told:
        for text in (
            Text.assemble((name, "bold"), f"\n{title}.\n"),
            *(Text.assemble((f"{word}: ", "bold"), text) for word, text in rows.items()),
        ):
            # An ARN is longer than a line, and is one word to whoever copies or searches it.
            console.print(text, overflow="ignore", crop=False, soft_wrap=piped)
    click.echo(told.get(), nl=False)
    return 0


def page(name: str) -> Page:
    """Return the page of a control, detection or action. Raises UsageError, with the likeliest ids, if there is nothing of that name."""
    import difflib

    from hexward.controls import ids, load
    from hexward.detections import detections
    from hexward.model import UsageError

    if ":" in name:
        action = _documented(name)
        return action.name, *_action(action)
    if name in ids():
        return name, *_control(load(name))
    known = {one.id: one for one in detections()}
    if name in known:
        return name, *_detection(known[name])
    near = difflib.get_close_matches(name, [*ids(), *known], n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"there is no control, detection or action {name!r}{hint}")


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
    from hexward.detections.playbooks import PLAYBOOKS
    from hexward.events import ASSET_FIELDS, BASELINE_FIELDS, COUNTRY_FIELDS

    known_by = {
        "a baseline (hunt --baseline)": BASELINE_FIELDS,
        "an audit (hunt --run)": frozenset(ASSET_FIELDS),
        "a database of countries (hunt --country)": frozenset(COUNTRY_FIELDS),
    }
    practice, _, name = detection.id.partition(".")
    answer = f"{detection.playbook}, which {PLAYBOOKS[detection.playbook]}" if detection.playbook else "no playbook"
    needs = [detection.data_source.value, *(what for what, fields in known_by.items() if detection.asks & fields)]
    return detection.title, {
        "Practice": practice,
        "Level": str(detection.level),
        "Tells": " ".join(detection.description.split()),
        "Alerts on": _alerts_on(detection),
        "Also when": "; ".join(one.rstrip(".") for one in detection.false_positives) or "nothing else is known",
        "Tactics": ", ".join(detection.tactics) or "none",
        "Tags": ", ".join(detection.tags) or "none",
        "Needs": ", ".join(needs),
        "Answered by": answer,
        "File": f"hexward/detections/{practice}/{name}.yml",
        "Sigma id": detection.sigma_id,
    }


def _alerts_on(detection: "Detection") -> str:
    """Tell how many events it takes, and which."""
    from hexward.detections.detection import CorrelationType

    correlation, rules = detection.correlation, detection.rules
    if correlation is None:
        return "each event that its rule matches"
    if correlation.type is CorrelationType.TEMPORAL_ORDERED:
        steps = (f"{one.name} ({_often(one.often)})" if one.often is not None else one.name for one in rules)
        often = f"{', then '.join(steps)}, {_within(correlation)}"
    else:
        often = _often(correlation) + (f" ({' or '.join(one.name for one in rules)})" if len(rules) > 1 else "")
    return f"{often}; counted by account{''.join(f', {one}' for one in correlation.group_by)}"


def _often(correlation: "Correlation") -> str:
    from hexward.detections.detection import CorrelationType

    least = f"{correlation.at_least:,.12g}"
    if correlation.type is CorrelationType.EVENT_COUNT and correlation.at_least <= 1:
        return f"an event that its rule matches, once {_within(correlation)}"
    return {
        CorrelationType.EVENT_COUNT: f"{least} events",
        CorrelationType.VALUE_COUNT: f"{least} different values of {correlation.field}",
        CorrelationType.VALUE_SUM: f"values of {correlation.field} that add up to {least}",
    }[correlation.type] + f" {_within(correlation)}"


def _within(correlation: "Correlation") -> str:
    seconds = correlation.timespan_seconds
    length, unit = next((each, name) for each, name in UNITS.items() if seconds % each == 0)
    return f"within {seconds // length} {unit}{'s' * (seconds != length)}"


def _documented(name: str) -> "Action":
    """Return an action by its name in any case. Raises UsageError, with the likeliest name, where AWS documents none, or for a pattern."""
    from hexward.cli._nearest import nearest
    from hexward.iam import glob
    from hexward.iam.authorization import about, actions_of, documented, services
    from hexward.model import UsageError

    found = documented(name)
    if found is not None:
        return found
    service = name.lower().partition(":")[0]
    if glob.wild(name):
        matches = glob.matcher(name.lower())
        meant = [one for one in actions_of(service) if matches(one.lower())]
        such = f", such as {', '.join(meant[:3])}" if meant else ""
        many = "1 action" if len(meant) == 1 else f"{len(meant)} actions"
        raise UsageError(f"{name!r} is no action but a pattern, which means {many}{such}; name one of them")
    hint = nearest(name, actions_of(service)) if service in services() else nearest(service, services())
    raise UsageError(f"AWS documented no action {name!r} by {about().date}{hint}")


def _action(action: "Action") -> tuple[str, dict[str, str]]:
    from hexward.iam.authorization import about, condition_keys, name_of, under_rcps

    service, facts = action.name.partition(":")[0], about()
    types = condition_keys(service)
    on = [f"\n  {one.kind}{', required' * one.required}: {one.arn}{_with(one.keys)}" for one in action.resources]
    needs = "not known; the action is newer" if action.dependents is None else ", ".join(action.dependents) or "nothing"
    return f"An action of {name_of(service)}", {
        "Access level": action.level.value,
        "Resources": "".join(on) or "none; only a statement whose Resource is * allows it",
        "Condition keys": ", ".join(f"{key} ({types[key]})" for key in action.keys) or "none but those of all services",
        "Needs besides": f"{needs} ({facts.dependents_source}, {facts.dependents_date})",
        "Resource control policies": "limit it" if service in under_rcps() else "do not reach its service",
        "As of": f"{facts.date} ({facts.source})",
        "Source": REFERENCE,
    }


def _with(keys: tuple[str, ...]) -> str:
    return f" (keys: {', '.join(keys)})" if keys else ""
