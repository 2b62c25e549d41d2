"""`hexward explain ID`: a control's page, at the terminal."""

import click


@click.command()
@click.argument("control_id", metavar="ID")
def explain(control_id: str) -> int:
    """Tell what a control judges, why it matters, how to mend it, and where AWS says so."""
    from rich.console import Console
    from rich.text import Text

    from hexward.collect.collect import tables_for
    from hexward.controls import load

    control = load(control_id)
    calls = sorted({call for table in tables_for((control.judges, *control.uses)) for call in table.calls})
    rows = {
        "Practice": control.practice.value,
        "Severity": f"{control.severity} ({control.kind.value})",
        "Judges": control.judges.__name__,
        "Why": control.why,
        "Fix": control.fix,
        "Frameworks": ", ".join(control.frameworks) or "none",
        "Reads": ", ".join(calls),
        "Source": control.source,
    }
    console = Console(highlight=False, soft_wrap=False)
    # Rich ends the program when a pipe closes, so it does not write there itself.
    with console.capture() as told:
        console.print(Text.assemble((control.id, "bold"), f"\n{control.title}.\n"))
        for name, text in rows.items():
            console.print(Text.assemble((f"{name}: ", "bold"), text))
    click.echo(told.get(), nl=False)
    return 0
