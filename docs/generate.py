"""Writes the pages of this folder that follow from the code: controls, detections, permissions and commands.

python docs/generate.py          write them
python docs/generate.py --check  fail if one of them is not what the code says
"""

import json
import sys
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

import click

from hexward.aws import action_of
from hexward.cli import cli
from hexward.cli.explain import Page, page
from hexward.collect.collect import tables_for
from hexward.collect.permissions import policy
from hexward.controls import Control, controls
from hexward.detections import Detection, detections
from hexward.events import DataSource
from hexward.model import Practice

HERE = Path(__file__).parent
NOTE = "<!-- Written by `make docs` from the code; do not edit. -->\n\n"


def controls_page() -> str:
    """List every control by practice, and tell each one's why, fix, reads and source."""
    found = controls()
    shown = json.loads((HERE / "shown.json").read_text(encoding="utf-8"))
    text = f"{NOTE}# Controls\n\n{len(found)} controls in six practices. `hexward explain ID` tells the same at the terminal.\n\n"
    text += (
        "A *risk* scores, *advice* never does, and *evidence* is what a person must show. The demo column tells what the control says "
        "of the demo's account on moto; where that emulator lacks the reads, the tests hold the control to AWS's own shapes alone.\n"
    )
    for practice in Practice:
        own = [control for control in found if control.practice is practice]
        text += f"\n## {practice.value.capitalize()}\n\n| control | severity | kind | good state | demo |\n|---|---|---|---|---|\n"
        text += "".join(
            f"| [`{c.id}`](#{_anchor(c.id)}) | {c.severity} | {c.kind.value} | {c.title} | {_shown(shown, c)} |\n"
            for c in own
        )
        text += "".join(_control(control, _shown(shown, control)) for control in own)
    return text


def _shown(shown: dict[str, list[str]], control: Control) -> str:
    """Tell what the demo's account shows of a control: `docs/shown.json` is written by `docs/shown.py`."""
    return ", ".join(shown.get(control.id, ())) or "nothing to judge"


def _anchor(control_id: str) -> str:
    return control_id.replace(".", "")


def _control(control: Control, shown: str) -> str:
    calls = sorted({call for table in tables_for((control.judges, *control.uses)) for call in table.calls})
    named = ", ".join(f"`{call}`" + (f" (`{a}`)" if (a := action_of(call)) not in {call, ""} else "") for call in calls)
    return (
        f"\n### {control.id}\n\n{control.title}.\n\n"
        f"- **Why:** {control.why}\n- **Fix:** {control.fix}\n"
        f"- **Severity:** {control.severity} · **Kind:** {control.kind.value} \n"
        f"- **Frameworks:** {', '.join(f'`{one}`' for one in control.frameworks) or 'none'}\n"
        f"- **Looks at:** {', '.join(f'`{kind.__name__}`' for kind in (control.judges, *control.uses))}\n"
        f"- **Calls, and the permission where it is named otherwise:** {named}\n"
        f"- **On the demo's account:** {shown}\n"
        f"- **Source:** <{control.source}>\n"
    )


def detections_page() -> str:
    """List every detection by practice, what each needs and when it alerts, and the techniques that they are of."""
    found = detections()
    text = f"{NOTE}# Detections\n\n{len(found)} detections in six practices. `hexward explain ID` tells the same at the terminal.\n\n"
    text += (
        "A detection sees nothing without the log that it needs; `hexward hunt` names those that were *blind*. CloudTrail writes data "
        "events (`cloudtrail.s3` and the like) only where a trail selects them.\n\n| log | detections |\n|---|---|\n"
    )
    for source in DataSource:
        if count := sum(one.data_source is source for one in found):
            text += f"| {source.value} | {count} |\n"
    for practice in Practice:
        own = [page(one.id) for one in found if one.id.partition(".")[0] == practice.value]
        text += f"\n## {practice.value.capitalize()}\n\n| detection | level | tells | tactics | needs |\n|---|---|---|---|---|\n"
        text += "".join(map(_row, own))
        text += "".join(map(_detection, own))
    return text + _techniques(found)


def _row(told: Page) -> str:
    name, title, rows = told
    return f"| [`{name}`](#{_anchor(name)}) | {rows['Level']} | {title} | {rows['Tactics']} | {rows['Needs']} |\n"


def _detection(told: Page) -> str:
    name, title, rows = told
    rows = rows | {"File": f"[{rows['File']}](../src/{rows['File']})"}
    said = "".join(f"- **{word}:** {text}\n" for word, text in rows.items() if word != "Practice")
    return f"\n### {name}\n\n{title}.\n\n{said}"


def _techniques(found: Sequence[Detection]) -> str:
    """Tell which detections are of which technique."""
    known = json.loads(resources.files("hexward.detections").joinpath("attack.json").read_text(encoding="utf-8"))
    text = f"\n## Techniques\n\nAs {' and '.join(f'<{one}>' for one in known['sources'])} name them.\n\n"
    text += "| technique | detections |\n|---|---|\n"
    for scheme, names in (("attack", known["techniques"]), ("atlas", known["atlas"])):
        for number, title in sorted(names.items()):
            own = [one.id for one in found if f"{scheme}.{number}" in one.tags]
            if own:
                links = ", ".join(f"[{one}](#{_anchor(one)})" for one in own)
                text += f"| [{number.upper()}]({_technique_url(scheme, number)}) {title} | {links} |\n"
    return text


def _technique_url(scheme: str, number: str) -> str:
    name = number.upper()
    if scheme == "atlas":
        return f"https://atlas.mitre.org/techniques/{name}"
    return f"https://attack.mitre.org/techniques/{name.replace('.', '/')}/"


def permissions_page() -> str:
    """Print the read-only policy."""
    return (
        f"{NOTE}# Permissions\n\nAll that an audit may do, generated from the calls that the collectors declare. The same as "
        f"`hexward doctor --policy`.\n\n```json\n{json.dumps(policy(), indent=2)}\n```\n"
    )


def commands_page() -> str:
    """Print the help of every verb."""
    with click.Context(cli, info_name="hexward") as top:
        text = f"{NOTE}# Commands\n\n```text\n{cli.get_help(top)}\n```\n"
        for name in cli.list_commands(top):
            text += _command(top, name, cli.get_command(top, name))
    return text


def _command(parent: click.Context, name: str, command: click.Command | None) -> str:
    if command is None:
        return ""
    with click.Context(command, info_name=name, parent=parent) as context:
        text = f"\n## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
        if isinstance(command, click.Group):
            text += "".join(
                _command(context, sub, command.get_command(context, sub)) for sub in command.list_commands(context)
            )
    return text


PAGES: dict[str, Callable[[], str]] = {
    "controls.md": controls_page,
    "detections.md": detections_page,
    "permissions.md": permissions_page,
    "commands.md": commands_page,
}


def main() -> int:
    """Write or check the pages; returns 1 where a check fails."""
    stale = []
    for name, told in PAGES.items():
        text = told()
        path = HERE / name
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        sys.stderr.write(f"{', '.join(stale)}: not what the code says; run `make docs`\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
