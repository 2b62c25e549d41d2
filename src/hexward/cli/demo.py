"""`hexward demo`: build the article's AI start-up on an emulated account of this machine, and audit it."""

from pathlib import Path

import click

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1")


@click.command()
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help="As of `hexward audit`. Default: terminal.",
)
@click.option(
    "--run", "folder", type=click.Path(path_type=Path), help="Folder to keep the run in. Default: the run is not kept."
)
@click.option("--all", "everything", is_flag=True, help="Tell every fault, not only the ten worst.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def demo(formats: tuple[str, ...], folder: Path | None, everything: bool, quiet: bool) -> int:
    """Audit an emulated AI start-up; no AWS account is needed, and none is touched."""
    from hexward.aws.emulated import Emulated
    from hexward.cli._account import collected
    from hexward.cli._output import outputs_of, write
    from hexward.cli._progress import progress
    from hexward.controls import controls
    from hexward.drill.range import emulated_account
    from hexward.drill.startup import build
    from hexward.model import Severity
    from hexward.report import judged

    outputs = outputs_of(formats)
    with progress(quiet=quiet) as tell:
        tell("starting an emulated AWS account on this machine")
        with emulated_account() as account:
            emulated = Emulated(account.endpoint_url)
            build(emulated, tell)
            run = collected(emulated.connection(), REGIONS, controls(), folder, tell)
        tell("judging")
        document = judged(run.inventory(), controls())
    for name, file in outputs:
        write(document, name, file, Severity.LOW, most=None if everything else 10)
    click.echo(
        "\nThis account is emulated (moto) on this machine; `hexward audit` judges a real one, reading only.", err=True
    )
    return 0
