"""A schedule runs the job that it describes, or the definition that it names; what cannot be followed stays unknown."""

import pytest

from hexward.inventory import (
    DataQualityJobDefinition,
    ModelBiasJobDefinition,
    ModelExplainabilityJobDefinition,
    ModelQualityJobDefinition,
    MonitoringJob,
    MonitoringSchedule,
    NotCollected,
    Record,
)
from hexward.inventory.machines import Machines
from hexward.inventory.monitoring_jobs import Definition
from hexward.inventory.sagemaker_jobs import NetworkConfig
from hexward.inventory.sagemaker_monitoring import (
    InlineDefinition,
    MonitoringCluster,
    MonitoringOutput,
    MonitoringResources,
)
from tests.build import inventory, seen

CLUSTER = MonitoringCluster("ml.m5.large", 2, "k1")
ISOLATED = NetworkConfig(enable_network_isolation=True)
INLINE = InlineDefinition(MonitoringResources(CLUSTER), MonitoringOutput("k2"), ISOLATED)
SCHEDULE = "arn:aws:sagemaker:us-east-1:111122223333:monitoring-schedule/hourly"
KINDS: dict[str, type[Definition]] = {
    "DataQuality": DataQualityJobDefinition,
    "ModelBias": ModelBiasJobDefinition,
    "ModelExplainability": ModelExplainabilityJobDefinition,
    "ModelQuality": ModelQualityJobDefinition,
}


def definition(kind: type[Definition], *, region: str = "us-east-1") -> Record:
    return seen(kind, region=region, name="d", cluster_config=CLUSTER, network_config=ISOLATED, kms_key_id="k2")


def schedule(name: str | None, kind: str | None, inline: InlineDefinition | None = None) -> MonitoringSchedule:
    return seen(
        MonitoringSchedule,
        SCHEDULE,
        name="hourly",
        job_definition=inline,
        job_definition_name=name,
        monitoring_type=kind,
    )


def job_of(one: MonitoringSchedule, *others: Record) -> MonitoringJob:
    [found] = [job for job in inventory(one, *others).of(MonitoringJob) if job.arn == SCHEDULE]
    return found


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_definition(kind):
    [one] = inventory(definition(kind)).of(MonitoringJob)
    assert (one.name, one.inline, one.network_config, one.kms_key_id) == ("d", False, ISOLATED, "k2")
    assert one.machines == Machines(("ml.m5.large",), 2, "k1")


@pytest.mark.parametrize(("word", "kind"), KINDS.items())
def test_a_schedule_is_followed_to_the_definition_that_it_names(word, kind):
    others = [definition(other) for other in KINDS.values() if other is not kind]
    unlike = [Record.punched(other, "network_config") for other in others]
    one = job_of(schedule("d", word), definition(kind), *unlike, definition(kind, region="eu-west-1"))
    assert (one.name, one.inline, one.network_config, one.kms_key_id) == ("hourly", False, ISOLATED, "k2")
    assert one.machines.count == 2


def test_a_schedule_may_describe_its_job_itself():
    one = job_of(schedule(None, "DataQuality", INLINE))
    assert (one.inline, one.network_config, one.kms_key_id) == (True, ISOLATED, "k2")
    assert one.machines == Machines(("ml.m5.large",), 2, "k1")


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("deleted", "DataQuality", "deleted is referred to and does not exist"),
        ("d", None, "does not tell which job"),
        ("d", "SomethingElse", "does not tell which job"),
        (None, None, "does not tell which job"),
    ],
)
def test_what_cannot_be_followed_is_unknown(name, kind, says):
    one = job_of(schedule(name, kind), definition(DataQualityJobDefinition))
    with pytest.raises(NotCollected, match=says):
        _ = one.network_config
    assert one.name == "hourly"
