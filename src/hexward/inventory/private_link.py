"""Which of AWS's services AI workloads call from a VPC, and whether an endpoint of the VPC takes them there."""

from collections.abc import Iterator

from hexward.inventory.ec2 import RouteTable, Subnet, route_table_of
from hexward.inventory.ec2_vpc import Vpc, VpcEndpoint
from hexward.inventory.inventory import Inventory
from hexward.inventory.lambda_ import Function
from hexward.inventory.placement import things_of, workloads_in
from hexward.inventory.record import Listing, NotCollected, exists, note
from hexward.inventory.workloads import Stage, Workload

KINDS = (Subnet, RouteTable, VpcEndpoint, Function, Workload)
"""The kinds that are looked at."""

INTERACTIVE = ("s3", "sagemaker.api", "sagemaker.runtime", "sts", "logs")
"""What a notebook or a Studio app calls from its VPC.

https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
"""

REGISTRY = ("ecr.api", "ecr.dkr", "s3")
"""What pulling an image takes; https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html."""

CALLED = {
    "ENDPOINT": "sagemaker.runtime", "MODEL": "bedrock-runtime", "GUARDRAIL": "bedrock-runtime",
    "AGENT": "bedrock-agent-runtime", "KNOWLEDGE": "bedrock-agent-runtime", "BUCKET": "s3",
}  # fmt: skip
"""The service that a function calls, by a word in the name of a variable of its environment."""


def services_used(inventory: Inventory, vpc: Vpc) -> dict[str, tuple[str, ...]]:
    """Return the subnets of a VPC from which each service, as in `ecr.api`, is called by AI workloads.

    What could not be read is noted. Images, logs and keys of SageMaker's jobs and endpoints do not count: SageMaker moves those past
    the VPC (https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html), and only their data pass through it.
    """
    used: dict[str, list[str]] = {}
    local = {
        subnet.subnet_id
        for subnet in things_of(inventory, Subnet, "vpc_id", vpc).records
        if "subnet_id" in subnet.known()
    }
    workloads = workloads_in(inventory, vpc.vpc_id, vpc.region)
    for gap in workloads.gaps:
        note(gap.again())
    for one in workloads.records:
        for service in _services(inventory, one):
            used.setdefault(service, []).extend(local.intersection(one.subnet_ids))
    return {service: tuple(sorted(set(subnets))) for service, subnets in sorted(used.items())}


def _services(inventory: Inventory, one: Workload) -> Iterator[str]:
    for look in (_by_stage, _by_inputs, _by_outputs, _by_keys, _by_images, _by_environment):
        try:
            yield from look(inventory, one)
        except NotCollected as missing:
            note(missing.again())


def _of(one: Workload) -> str:
    return one.arn.split(":")[2]


def _by_stage(_: Inventory, one: Workload) -> tuple[str, ...]:
    return INTERACTIVE if _of(one) == "sagemaker" and one.stage is Stage.DEVELOP else ()


def _by_inputs(_: Inventory, one: Workload) -> tuple[str, ...]:
    return ("s3",) if one.inputs else ()


def _by_outputs(_: Inventory, one: Workload) -> tuple[str, ...]:
    return ("s3",) if one.outputs else ()


def _by_keys(_: Inventory, one: Workload) -> tuple[str, ...]:
    return ("kms",) if (_of(one) != "sagemaker" or one.stage is Stage.DEVELOP) and one.keys else ()


def _by_images(_: Inventory, one: Workload) -> tuple[str, ...]:
    return (
        REGISTRY if _of(one) not in {"sagemaker", "lambda"} and any(".dkr.ecr." in i.value for i in one.images) else ()
    )


def _by_environment(inventory: Inventory, one: Workload) -> Iterator[str]:
    function = inventory.find(Function, one.arn) if _of(one) == "lambda" else None
    for name in (function.references or ()) if function is not None else ():
        yield from (service for word, service in CALLED.items() if word in name.upper())


def cut_off(inventory: Inventory, vpc: Vpc, service: str, subnet_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some subnets from which no available endpoint leads to a service by its ordinary name.

    Raises NotCollected where that is not known.
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
    """
    endpoints = things_of(inventory, VpcEndpoint, "vpc_id", vpc)

    def takes(endpoint: VpcEndpoint, subnet_id: str) -> bool:
        if endpoint.service != service or endpoint.state.lower() != "available":
            return False
        if endpoint.type == "Gateway":
            return route_table_of(inventory, subnet_id, vpc.region).route_table_id in (endpoint.route_table_ids or ())
        return endpoint.private_dns_enabled is True

    def reached(subnet_id: str) -> bool:
        return exists(Listing(endpoints.records, endpoints.gaps), lambda one: takes(one, subnet_id))

    return tuple(one for one in subnet_ids if not reached(one))
