"""The command line: one file per verb, imported when it is asked for."""

import importlib
import os
import pkgutil
import signal
import sys
from types import FrameType

import click

from hexward.cli._nearest import nearest
from hexward.model import AccountError, HexwardError, RunError, UsageError

INCOMPLETE = 3
BROKEN = 4
USAGE = 2


class Verbs(click.Group):
    """The verbs are this folder's files that define a command of their own name; each imports what it needs when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in alphabetical order."""
        del ctx
        return sorted(m.name.rstrip("_") for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one verb."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = getattr(importlib.import_module(f"hexward.cli.{cmd_name}"), cmd_name)
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; for one that does not exist, suggest the nearest."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise click.UsageError(f"there is no verb {args[0]!r}{nearest(args[0], self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hexward", message="hexward %(version)s")
def cli() -> None:
    """Audit AI workloads on AWS by six practices: identity, encryption, threats, network, trail, vulnerabilities.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, 3 something could not be seen, 4 the tool failed.
    """


def main() -> None:
    """Run the command line; whatever goes wrong is one line on standard error and an exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        # cli.main() would answer an interruption with an empty line and a closed pipe with exit code 1, before we can.
        with cli.make_context("hexward", sys.argv[1:]) as context:
            code = cli.invoke(context)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        code = USAGE
    except click.ClickException as error:
        code = _say(_one_line(error.format_message()), error.exit_code)
    except (UsageError, AccountError, RunError) as error:
        code = _say(str(error), USAGE)
    except HexwardError as error:
        code = _say(str(error), BROKEN)
    except (KeyboardInterrupt, click.Abort) as stop:
        _say(str(stop) or "interrupted", INCOMPLETE)
        # Threads may still wait for an answer of AWS that nobody wants; to leave in order would be to wait with them.
        os._exit(INCOMPLETE)
    except BrokenPipeError:
        # The verb was cut off before it had its result, so that 0 would promise too much.
        no_reader()
        code = INCOMPLETE
    except Exception as error:
        if os.environ.get("HEXWARD_DEBUG"):
            raise
        code = _broken(error)
    sys.exit(_flushed(code))


def _broken(error: Exception) -> int:
    """Say in one line what the tool did not foresee; returns the exit code."""
    if isinstance(error, OSError):
        # It may be standard output that cannot be written, and what that still holds would be a second message.
        no_reader()
    return _say(f"internal error: {type(error).__name__}: {error} (HEXWARD_DEBUG=1 shows where)", BROKEN)


def _flushed(code: int) -> int:
    """Write out what standard output still holds; returns the exit code, which is another one where that fails."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        no_reader()
    except OSError as error:
        no_reader()
        return _say(f"standard output cannot be written: {error.strerror}", BROKEN)
    return code


def no_reader() -> None:
    """Take it that the reader of our output went away (`| head`): say nothing, and let nothing else fail to write."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(message: str) -> str:
    """Bring click's messages into the shape of ours: one line, lower case, no full stop."""
    text = " ".join(message.split()).rstrip(".")
    return text[:1].lower() + text[1:]


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    """Take SIGTERM as Ctrl-C, so that what was begun is closed in order."""
    raise KeyboardInterrupt


def _say(message: str, code: int) -> int:
    from hexward.report.text import printable

    click.echo(f"hexward: {printable(message)}", err=True)
    return code
