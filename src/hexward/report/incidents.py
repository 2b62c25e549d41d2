"""A hunt for a person at a terminal: each incident as a story, what could not be read, and which detections were blind."""

from collections.abc import Collection, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from hexward.detections import Blind, Incident
from hexward.detections.blind import by_lack
from hexward.detections.incidents import Step
from hexward.detections.playbooks import PLAYBOOKS
from hexward.events.unpack import Problem
from hexward.report.terminal import COLOURS
from hexward.report.text import printable

SHOWN = 10
"""How many problems are told before it says how many more there are."""


def show(
    incidents: Sequence[Incident],
    problems: Sequence[Problem],
    blind: Collection[Blind],
    console: Console,
    *,
    seen: str,
) -> None:
    """Print the report; `seen` tells how much was read."""
    console.print(Text.assemble(("Hexward", "bold"), f"  {seen}\n"))
    for place, incident in enumerate(incidents, start=1):
        console.print(_incident(place, incident))
    if not incidents:
        calm = "" if blind or problems else "green"
        console.print(Text("No detection found anything in what it could see.", calm))
    console.print(_problems(problems))
    console.print(_blind(blind))


def _incident(place: int, incident: Incident) -> RenderableType:
    when = incident.began if incident.began == incident.ended else f"{incident.began} to {incident.ended}"
    several = f"{incident.alerts} alerts" if incident.alerts > 1 else "1 alert"
    head = Text.assemble(
        f"{place:>3}. ",
        (str(incident.level).upper(), COLOURS[incident.level]),
        "  ",
        (printable(incident.principal), "bold"),
        f"  account {printable(incident.account)}\n     {when}, {several}: {', '.join(incident.tactics)}",
    )
    steps = [Padding(_step(step, incident.principal), (0, 0, 0, 5), expand=False) for step in incident.steps.values()]
    return Group(head, *steps, Text())


def _step(step: Step, principal: str) -> Text:
    alert = step.first
    # The incident names the principal once.
    told = alert.summary.replace(f": {principal} called ", ": ", 1)
    day_and_time = alert.time.replace("T", " ").removesuffix("Z")
    more = f"; {step.times} times until {step.last[11:19]}" if step.times > 1 else ""
    answer = f"; may be answered by {alert.playbook}: {PLAYBOOKS[alert.playbook]}" if alert.playbook else ""
    # The last event completed the alert; by its id whoever has the log finds it.
    event = f"\n     event {printable(alert.events[-1])}" if alert.events else ""
    return Text.assemble(
        (f"{day_and_time}  ", "dim"),
        printable(told),
        more,
        (f"  [{alert.detection}]{event}{answer}", "dim"),
        overflow="fold",
    )


def _problems(problems: Sequence[Problem]) -> RenderableType:
    if not problems:
        return Text()
    lines = [Text("What could not be read", style="bold")]
    lines += [Text(f"     {printable(one)}") for one in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(Text(f"     and {len(problems) - SHOWN} more", "dim"))
    return Group(*lines)


def _blind(blind: Collection[Blind]) -> RenderableType:
    """Tell how many detections were blind, by what they lack."""
    if not blind:
        return Text("Every detection had what it needs to see.", "green")
    lines = [Padding(Text(line, overflow="fold"), (0, 0, 0, 5), expand=False) for line in by_lack(blind)]
    return Group(Text("Blind detections: their silence means nothing", style="bold"), *lines)
