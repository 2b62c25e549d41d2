"""`hexward prove`: theorems about who can do what, over all requests."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexward.cli._nearest import OneOf
from hexward.model import UsageError

if TYPE_CHECKING:
    from hexward.iam.proof import Proof

CODES = {"proved": 0, "refuted": 1, "unknown": 3}


@click.command()
@click.argument("sentence", nargs=-1)
@click.option(
    "--inventory",
    type=click.Path(path_type=Path),
    help="Folder of a run, or an export of GetAccountAuthorizationDetails, that the sentence is about.",
)
@click.option(
    "--no-new-access",
    "policies",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="OLD NEW",
    help="Prove that the policy in the file NEW allows nothing that the one in OLD does not.",
)
@click.option(
    "--equivalent",
    "same",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="ONE OTHER",
    help="Prove that two policies allow the same.",
)
@click.option(
    "--blocked", metavar="BREACH", help="Prove that service control policies stop a known breach, such as fintech."
)
@click.option(
    "--scp",
    "scps",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Policy that --blocked is about; again for more. Default: the guardrail against wildcards, as `hexward prove` ships it.",
)
@click.option("--kind", type=OneOf(["identity", "resource"]), default="identity", show_default=True,
              help="What both policies are: resource for those of buckets, keys and roles' trust.")  # fmt: skip
@click.option("--second-opinion", is_flag=True, help="Let cvc5 decide too; needs the extra `prove`.")
@click.option("--format", "form", type=OneOf(["terminal", "json"]), default="terminal", show_default=True)
def prove(
    sentence: tuple[str, ...],
    inventory: Path | None,
    policies: tuple[Path, Path] | None,
    same: tuple[Path, Path] | None,
    blocked: str | None,
    scps: tuple[Path, ...],
    kind: str,
    second_opinion: bool,
    form: str,
) -> int:
    """Prove a sentence about an account, compare two policies, or try guardrails on a breach, over all requests anybody could make.

    \b
    SENTENCE is: only PRINCIPAL[, PRINCIPAL...] reads|writes|invokes RESOURCE
      PRINCIPAL  role/NAME, user/NAME, an ARN, or a service such as bedrock.amazonaws.com
      RESOURCE   bucket NAME[/PREFIX], key ID, function NAME, endpoint NAME, model ID, or an ARN
    For example: hexward prove "only role/ml-train reads bucket acme-weights" --inventory RUN

    "reads" a bucket means GetObject and its kin (versions, torrents, replication), the key of the bucket, and asking a knowledge base
    that is fed from it. What a proof leaves out is printed with it.

    PROVED is 0; REFUTED, with a request that the evaluator allows, is 1; UNKNOWN, with what stands in the way, is 3.
    """  # noqa: D301
    _one_of(SENTENCE=sentence, no_new_access=policies, equivalent=same, blocked=blocked)
    if (scps and not blocked) or (second_opinion and not (policies or same)):
        raise UsageError("--scp goes with --blocked, and --second-opinion with --no-new-access and --equivalent")
    words = " ".join(sentence)
    if sentence:
        found = _only(words, inventory)
    elif blocked is not None:
        words, found = _blocked(blocked, scps)
    else:
        words, found = _compared(policies, same, kind, second_opinion=second_opinion)
    from hexward.report.proof import render_json, render_text

    click.echo(render_json(words, found) if form == "json" else render_text(words, found), nl=False)
    return CODES[found.verdict]


def _one_of(**given: object) -> None:
    """Raise UsageError unless just one of these was given."""
    if sum(map(bool, given.values())) != 1:
        names = (name if name.isupper() else f"--{name.replace('_', '-')}" for name in given)
        raise UsageError(f"prove takes one of {', '.join(names)}")


def _only(words: str, inventory: Path | None) -> "Proof":
    if inventory is None:
        raise UsageError("a sentence is about an account: --inventory RUN names one")
    from hexward.cli.audit import loaded
    from hexward.iam.errors import RequestError
    from hexward.iam.limits import limits_of
    from hexward.iam.only import Limits, only_these_can
    from hexward.iam.theorem import theorem

    account = loaded(inventory).inventory()
    asked = theorem(words, account)
    above = limits_of(account)
    # What was not seen of an organisation could only forbid more; the proof then says that it leaves it out.
    limits = Limits() if above.unseen else Limits(above.scps, above.rcps)
    try:
        return only_these_can(asked.principals, asked.actions, asked.resource, account, limits)
    except RequestError as error:
        raise UsageError(str(error)) from error


def _blocked(name: str, scps: tuple[Path, ...]) -> tuple[str, "Proof"]:
    """Try policies on a breach; returns the theorem in words too."""
    from hexward.cli._nearest import nearest
    from hexward.iam.breach import breaches, guardrails, prove_blocked

    breach = breaches().get(name)
    if breach is None:
        raise UsageError(f"there is no breach {name!r}{nearest(name, breaches())}")
    documents = [_policy(one, "scp") for one in scps] or [guardrails()["wildcard"]]
    by = ", ".join(map(str, scps)) or "the guardrail against wildcards"
    return f"{by} stops the breach {name} ({breach.says})", prove_blocked(breach, documents)


def _compared(
    policies: tuple[Path, Path] | None, same: tuple[Path, Path] | None, kind: str, *, second_opinion: bool
) -> tuple[str, "Proof"]:
    """Compare two files; returns the theorem in words too."""
    from hexward.iam.prove import equivalent, no_new_access

    paths = policies or same
    if paths is None:
        raise UsageError("there are no two policies to compare")
    old, new = paths
    texts = _policy(old, kind), _policy(new, kind)
    found = (no_new_access if policies else equivalent)(*texts, kind)
    if second_opinion:
        from hexward.iam.second_opinion import confirmed

        found = confirmed(found, *texts, kind, both_ways=policies is None)
    words = f"{new} allows nothing that {old} does not" if policies else f"{old} and {new} allow the same"
    return words, found


def _policy(path: Path, kind: str) -> str:
    """Read a policy. Raises UsageError, with the place in the document, if it is none."""
    from hexward.iam.errors import PolicyError
    from hexward.iam.parse import parse
    from hexward.iam.policy import Layer

    try:
        text = path.read_text(encoding="utf-8")
        parse(text, Layer(kind))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8") from error
    except PolicyError as error:
        raise UsageError(f"{path}: {error}") from error
    return text
