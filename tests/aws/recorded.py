"""An account in memory: answers from plain dictionaries, each checked against AWS's own shape before it is handed out."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError
from botocore.model import ListShape, StructureShape

from tests.aws.shapes import output, problems

type Told = dict[str, Any] | list[dict[str, Any]]
"""An answer, or its pages."""

type Telling = Told | Callable[[str, Mapping[str, object]], Told]
"""An answer, or what makes one of the region and the arguments; it may raise `error(code)`."""


class WrongAnswerError(Exception):
    """A test gives an answer that AWS could not give."""


class Recorded:
    """The pages of calls by name; a call of which nothing was said answers with empty lists. Safe for threads."""

    def __init__(self, answers: Mapping[str, Telling]) -> None:
        self.answers = dict(answers)
        self.asked: Counter[tuple[str, str]] = Counter()
        """How often each call was made in each region."""
        self._lock = threading.Lock()

    def __call__(
        self, service: str, operation: str, region: str, arguments: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        call = f"{service}:{operation}"
        with self._lock:
            self.asked[call, region] += 1
        told = self.answers.get(call, empty(call))
        if callable(told):
            told = told(region, arguments)
        for page in told if isinstance(told, list) else [told]:
            wrong = list(problems(output(call), page))
            if wrong:
                raise WrongAnswerError(f"{call}: {wrong[0]}")
            yield page


def empty(call: str) -> dict[str, Any]:
    """Return the answer of an account that holds nothing."""
    members = output(call).members
    lists: dict[str, Any] = {name: [] for name, member in members.items() if isinstance(member, ListShape)}
    # CloudFront's lists are structures, without Items where there are none.
    lists |= {
        n: {"Quantity": 0} for n, m in members.items() if isinstance(m, StructureShape) and "Quantity" in m.members
    }
    return lists


def error(code: str, status: int = 400, operation: str = "Operation", message: str = "told by a test") -> ClientError:
    """Return AWS's refusal with a code."""
    answer = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, operation)  # type: ignore[arg-type]
