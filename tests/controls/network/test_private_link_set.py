import pytest

from hexward.controls.network.private_link_set import private_link_set
from hexward.inventory import Function, Ref, RouteTable, Stage, Subnet, Vpc, VpcEndpoint, Workload
from hexward.inventory.ec2 import Association
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

VPC = seen(Vpc, vpc_id="vpc-1", owner_id=ACCOUNT)
SUBNET = seen(Subnet, "arn:1", subnet_id="subnet-1", vpc_id="vpc-1")
TABLE = seen(RouteTable, route_table_id="rtb-1", associations=(Association(subnet_id="subnet-1"),), vpc_id="vpc-1")
ELSEWHERE = seen(Subnet, "arn:2", subnet_id="subnet-2", vpc_id="vpc-2")


def workload(kind: str, stage: Stage, **named: tuple[str, ...]) -> Workload:
    def refs(name: str) -> tuple[Ref, ...]:
        return tuple(Ref(value, "test") for value in named.get(name, ()))

    return seen(
        Workload, f"arn:aws:{kind}:{REGION}:{ACCOUNT}:x/{stage}", stage=stage, subnets=(Ref("subnet-1", "vpc"),),
        inputs=refs("inputs"), outputs=refs("outputs"), keys=refs("keys"), images=refs("images"),
    )  # fmt: skip


def endpoint(
    service: str,
    state: str = "available",
    *,
    dns: bool | None = True,
    tables: tuple[str, ...] = ("rtb-1",),
    vpc: str = "vpc-1",
) -> VpcEndpoint:
    gateway = service == "s3"
    return seen(
        VpcEndpoint, f"arn:{service}{state}", vpc_id=vpc, service_name=f"com.amazonaws.{REGION}.{service}", state=state,
        type="Gateway" if gateway else "Interface", private_dns_enabled=False if gateway else dns,
        route_table_ids=tables if gateway else (),
    )  # fmt: skip


JOB = workload(
    "sagemaker", Stage.TRAIN, inputs=("train",), keys=("key",), images=("1.dkr.ecr.us-east-1.amazonaws.com/x",)
)
S3 = endpoint("s3")
AWAY = seen(Workload, "arn:aws:sagemaker:us-east-1:1:x/far", stage=Stage.TRAIN, subnets=(Ref("subnet-2", "vpc"),),
            inputs=(Ref("train", "job"),), outputs=(), keys=(), images=())  # fmt: skip

PASS = inventory(VPC, SUBNET, ELSEWHERE, TABLE, JOB, AWAY, S3)
FAIL = inventory(seen(Vpc, vpc_id="vpc-2", owner_id=ACCOUNT), SUBNET, ELSEWHERE, TABLE, JOB, AWAY, S3)

TASK = workload("ecs", Stage.INFER, images=("1.dkr.ecr.us-east-1.amazonaws.com/x",), keys=("key",))
NOTEBOOK = workload("sagemaker", Stage.DEVELOP, keys=("key",))


@pytest.mark.parametrize(
    ("one", "missing"),
    [
        (JOB, ["s3"]),
        (NOTEBOOK, ["kms", "logs", "s3", "sagemaker.api", "sagemaker.runtime", "sts"]),
        (TASK, ["ecr.api", "ecr.dkr", "kms", "s3"]),
        (workload("lambda", Stage.INFER, inputs=("data",)), ["bedrock-runtime", "s3", "sagemaker.runtime"]),
    ],
)
def test_tells_what_a_workload_calls_by_its_kind_and_by_what_it_names(one, missing):
    environment = {"ENDPOINT_NAME": "chat", "MODEL_ID": "x", "DATA_BUCKET": "data"}
    function = seen(Function, one.arn, references=environment)
    others = (SUBNET, TABLE, one, function)
    assert [fault.aspect for fault in judge(private_link_set, VPC, *others).faults] == missing
    there = [endpoint(service) for service in missing]
    assert judge(private_link_set, VPC, *others, *there).status is Status.PASS


@pytest.mark.parametrize(
    ("kms", "status"),
    [
        (endpoint("kms"), Status.PASS),
        (endpoint("kms", "Available"), Status.PASS),
        (endpoint("kms-fips"), Status.PASS),
        (endpoint("kms", "pending"), Status.FAIL),
        (endpoint("kms", dns=False), Status.FAIL),
        (endpoint("kms", dns=None), Status.FAIL),
        (endpoint("kms", vpc="vpc-2"), Status.FAIL),
        (endpoint("vpce.kms"), Status.FAIL),
        (endpoint("kms").punched("state"), Status.UNKNOWN),
    ],
)
def test_an_endpoint_is_available_and_answers_under_the_ordinary_name(kms, status):
    function = workload("lambda", Stage.INFER, keys=("key",))
    assert judge(private_link_set, VPC, SUBNET, TABLE, function, kms).status is status


@pytest.mark.parametrize(
    ("s3", "others", "status"),
    [
        (endpoint("s3", tables=("rtb-2",)), (TABLE,), Status.FAIL),
        (endpoint("s3", tables=()), (TABLE,), Status.FAIL),
        (S3, (), Status.UNKNOWN),
    ],
)
def test_a_gateway_stands_in_the_route_table_of_the_subnet(s3, others, status):
    assert judge(private_link_set, VPC, SUBNET, JOB, s3, *others).status is status


def test_one_service_that_cannot_be_judged_hides_no_other():
    notebook = workload("sagemaker", Stage.DEVELOP)
    faults = judge(private_link_set, VPC, SUBNET, TABLE, notebook, endpoint("sts").punched("state"), S3).faults
    assert [fault.aspect for fault in faults] == ["logs", "sagemaker.api", "sagemaker.runtime"]


def test_vpcs_without_ai_workloads_or_without_calls_are_left_out():
    assert judge(private_link_set, VPC, SUBNET).status is Status.NOT_APPLICABLE
    assert judge(private_link_set, VPC, SUBNET, workload("sagemaker", Stage.INFER)).status is Status.NOT_APPLICABLE
    assert judge(private_link_set, VPC, SUBNET, seen(Workload)).status is Status.UNKNOWN
    shared = seen(Vpc, vpc_id="vpc-1", owner_id="999999999999")
    assert judge(private_link_set, shared, SUBNET, TABLE, JOB).status is Status.UNKNOWN
