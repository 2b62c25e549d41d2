"""AWS Config in each region, whether it records or not."""

from typing import Annotated

import msgspec

from hexward.inventory.record import At, Part, Record, record


class Strategy(Part, rename="camel"):
    """What is recorded: ALL_SUPPORTED_RESOURCE_TYPES, or by lists of types."""

    use_only: str


class Excluded(Part, rename="camel"):
    """Types of resources that are left out."""

    resource_types: tuple[str, ...] = ()


class RecordingGroup(Part, rename="camel"):
    """The types of resources that a recorder takes; all that are supported are without IAM's, unless the second switch is on."""

    all_supported: bool | None = None
    include_global_resource_types: bool | None = None
    resource_types: tuple[str, ...] | None = None
    exclusion_by_resource_types: Excluded | None = None
    recording_strategy: Strategy | None = None


class Recorder(Part, rename="camel"):
    """The recorder of a region."""

    name: str
    recording_group: RecordingGroup | None = None


class RecorderStatus(Part, rename="camel"):
    """Whether a recorder records; the last delivery is SUCCESS, FAILURE or PENDING."""

    name: str
    recording: bool
    last_status: str | None = msgspec.field(name="lastStatus", default=None)


@record
class ConfigRegion(Record):
    """AWS Config in one region; both tuples are empty where it was never set up.

    https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationRecorder.html
    """

    recorders: Annotated[tuple[Recorder, ...], At("config:DescribeConfigurationRecorders", "ConfigurationRecorders")]
    statuses: Annotated[
        tuple[RecorderStatus, ...], At("config:DescribeConfigurationRecorderStatus", "ConfigurationRecordersStatus")
    ]
