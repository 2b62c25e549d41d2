"""AWS Config records every kind of resource in every region, and those of IAM in one.

Why: without Config's history nobody can tell what a bucket, a role or an endpoint looked like before the intrusion, when it was
changed and by whom; Security Hub's own checks do not run without it either.

Fix: set up a recorder of all supported types in each region, best for the whole organisation, and start it; in one region let it
include IAM's global types, which "all supported" leaves out. Config bills each recorded change: where one kind changes all the time,
record that kind daily, or grant an exception.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import ConfigRegion, Inventory, NotCollected, exists, note
from hexward.inventory.config import Recorder
from hexward.inventory.region import home_of
from hexward.model import Fault, Gap, Reason, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:Config.1", "CIS-AWS:3.3", "NIST-800-53:CM-8"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1",
)
def config_records(region: ConfigRegion, inventory: Inventory) -> Iterator[Fault]:
    if not region.recorders:
        yield Fault(f"Config was never set up in {region.region}", field="recorders", aspect="recorder")
        return
    for recorder in region.recorders:
        if not _records_all(recorder):
            yield Fault(f"{recorder.name} leaves kinds of resources out", field="recorders", aspect="types")
    told = {status.name for status in region.statuses}
    for name in (recorder.name for recorder in region.recorders if recorder.name not in told):
        gap = Gap(Reason.NOT_COLLECTED, f"whether {name} records is not told", region=region.region)
        note(NotCollected("ConfigRegion.statuses", gap))
    for status in region.statuses:
        if not status.recording:
            yield Fault(f"{status.name} is stopped", field="statuses", aspect="stopped")
        elif status.last_status == "FAILURE":
            yield Fault(f"{status.name} could not deliver what it recorded", field="statuses", aspect="delivery")

    if region.region == home_of(inventory.partition) and not exists(inventory.of(ConfigRegion), _records_identities):
        yield Fault("no recorder of any region takes IAM's users and roles", field="recorders", aspect="identities")


def _records_identities(region: ConfigRegion) -> bool:
    """Say whether a recorder that is on takes IAM's users, groups, roles and policies, which no region holds.

    https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
    """
    started = {status.name for status in region.statuses if status.recording}
    groups = (one.recording_group for one in region.recorders if one.name in started)
    return any(
        group.include_global_resource_types
        or group.exclusion_by_resource_types is not None
        or {*(group.resource_types or ())} >= IDENTITIES
        for group in groups
        if group is not None
    )


def _records_all(recorder: Recorder) -> bool:
    """Say whether a recorder takes all types; one that only excludes some takes those of AI all the same, if they are not named."""
    group = recorder.recording_group
    if group is None or group.all_supported:
        return True
    strategy = group.recording_strategy.use_only if group.recording_strategy is not None else ""
    excluded = group.exclusion_by_resource_types
    names = excluded.resource_types if excluded is not None else ()
    return strategy == "ALL_SUPPORTED_RESOURCE_TYPES" or (
        strategy == "EXCLUSION_BY_RESOURCE_TYPES" and not any(name.startswith(OF_AI) for name in names)
    )


OF_AI = ("AWS::SageMaker::", "AWS::Bedrock", "AWS::IAM::", "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::Lambda::Function")
"""Types that tell of AI workloads, of who may reach them, and of their data."""
IDENTITIES = {f"AWS::IAM::{kind}" for kind in ("User", "Group", "Role", "Policy")}
