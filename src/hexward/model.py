"""The words of the product: practices, severities, statuses, faults, findings, alerts, gaps and errors.

Errors, as a tree:

- HexwardError: whatever stops the tool; the message is one line for the user
  - UsageError: the user asked for something that does not exist (exit code 2)
  - AccountError: the account cannot be reached: credentials, profile, end point (exit code 2)
  - RunError: a run folder or an export cannot be read (exit code 2)
"""

import hashlib
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import msgspec


class HexwardError(Exception):
    """Whatever stops the tool; its text is one line that a user can act on."""


class UsageError(HexwardError):
    """The user named a control, region, format or file that does not exist."""


class AccountError(HexwardError):
    """The account cannot be reached: no credentials, wrong profile, dead end point."""


class RunError(HexwardError):
    """A run folder or an export from AWS cannot be read; says the file and the line."""


class Practice(StrEnum):
    """The six practices; each is the folder name of its controls and detections."""

    IDENTITY = "identity"
    ENCRYPTION = "encryption"
    THREATS = "threats"
    NETWORK = "network"
    TRAIL = "trail"
    VULNERABILITIES = "vulnerabilities"


class Severity(IntEnum):
    """How bad a fault is; ordered, so that thresholds compare."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        """Return the lower-case word, as it stands in every report."""
        return self.name.lower()


class Status(StrEnum):
    """What an audit says of one control on one resource; unknown is never pass."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    EXCEPTED = "excepted"


class Kind(StrEnum):
    """What a control is for: only a risk scores."""

    RISK = "risk"
    ADVICE = "advice"
    EVIDENCE = "evidence"


class Reason(StrEnum):
    """Why something could not be seen."""

    DENIED = "denied"
    THROTTLED = "throttled"
    TIMED_OUT = "timed out"
    UNSUPPORTED = "unsupported"
    EXPIRED = "credentials expired"
    UNREACHABLE = "unreachable"
    REGION_DISABLED = "region disabled"
    GONE = "gone"
    MALFORMED = "malformed"
    FAILED = "failed"
    NOT_COLLECTED = "not collected"


class Gap(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that could not be seen, and why.

    `action` is the IAM action that would have let us see it (`s3:GetEncryptionConfiguration`), empty where none would help.
    `resource` is the ARN or name that was asked about, empty for a whole kind in a region.
    """

    reason: Reason
    detail: str
    call: str = ""
    action: str = ""
    account: str = ""
    region: str = ""
    resource: str = ""

    def __str__(self) -> str:
        """Say it in one line: what was asked, why it failed, and the missing action."""
        asked = self.call or self.detail
        where = f" in {self.region}" if self.region else ""
        action = f" (needs {self.action})" if self.reason is Reason.DENIED and self.action else ""
        return f"{asked}{where}: {self.reason.value}{action}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one resource, in one lower-case sentence.

    `field` is the path of the record's field that proves it. `aspect` tells several faults of one control on one resource apart
    and is part of the fingerprint, so it must not change when the sentence is reworded.
    """

    says: str
    field: str = ""
    aspect: str = ""


class Finding(msgspec.Struct, frozen=True, gc=False):
    """What one control says of one resource; passes are findings too.

    An audit makes hundreds of thousands, so it is a structure, which is made several times as quickly as a dataclass.
    """

    control: str
    practice: Practice
    kind: Kind
    status: Status
    severity: Severity
    resource: str
    account: str
    region: str
    says: str
    evidence: dict[str, object] = msgspec.field(default_factory=dict)
    aspect: str = ""
    gaps: tuple[Gap, ...] = ()
    frameworks: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Identify the finding across runs: control + resource + aspect, never its wording."""
        text = f"{self.control}\0{self.resource}\0{self.aspect}"
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Alert:
    """What one detection says of one event, or of several that belong together.

    `time` is that of the event that completed it, as logs write it (`2026-01-31T02:17:00Z`). `principal` is the ARN of a user or
    of a role without its session, else what the log names. `events` are the ids of the events in the order of time, at most 100.
    `targets` are the things that the last of them was about, as its log names them.
    """

    detection: str
    level: Severity
    tactics: tuple[str, ...]
    time: str
    principal: str
    account: str
    region: str
    events: tuple[str, ...]
    summary: str
    playbook: str = ""
    targets: tuple[str, ...] = ()
