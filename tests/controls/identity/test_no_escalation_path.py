import pytest

from hexward.controls.identity.no_escalation_path import no_escalation_path
from hexward.inventory import Organization, ServiceControlPolicy
from hexward.inventory.organizations import Level
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge, seen
from tests.controls.identity.build import EVERYTHING, POWER_USER, READS_ONE_BUCKET, TRUST, policy, role, workload

ADMIN = f"arn:aws:iam::{ACCOUNT}:role/deploy"
STARTS = policy(Action=["iam:PassRole", "sagemaker:CreateTrainingJob"])
FULL_ACCESS = seen(ServiceControlPolicy, "arn:aws:organizations::aws:policy/p-full", content=EVERYTHING)
NO_JOBS = seen(
    ServiceControlPolicy, "arn:aws:organizations::1:policy/p-no", content=policy(Effect="Deny", Action="iam:PassRole")
)


def deployer(*inline: str, trust: str = TRUST):
    return role(*inline, arn=ADMIN, trust=trust)


def organization(*policies: ServiceControlPolicy) -> Organization:
    levels = (Level(policies=tuple(one.arn for one in policies), id="r-1"),)
    return seen(Organization, id="o-1", management_account_id="999988887777", feature_set="ALL", levels=levels)


PASS = inventory(role(STARTS), deployer(READS_ONE_BUCKET), workload())
FAIL = inventory(role(STARTS), deployer(EVERYTHING), workload())


@pytest.mark.parametrize(
    ("own", "others", "status"),
    [
        (STARTS, (deployer(EVERYTHING),), Status.FAIL),
        (policy(Action="sagemaker:CreateTrainingJob"), (deployer(EVERYTHING),), Status.PASS),
        (STARTS, (deployer(EVERYTHING, trust=TRUST.replace("sagemaker", "glue")),), Status.PASS),
        (STARTS, (deployer(EVERYTHING), FULL_ACCESS, NO_JOBS, organization(FULL_ACCESS, NO_JOBS)), Status.PASS),
        (STARTS, (deployer(EVERYTHING), FULL_ACCESS, organization(FULL_ACCESS)), Status.FAIL),
        (STARTS, (deployer(EVERYTHING), organization(FULL_ACCESS)), Status.FAIL),
        (policy(Action="codebuild:StartBuild"), (deployer(EVERYTHING, trust=TRUST.replace("sagemaker", "codebuild")),), Status.UNKNOWN),
        (POWER_USER, (deployer(READS_ONE_BUCKET),), Status.UNKNOWN),
        (EVERYTHING, (deployer(EVERYTHING),), Status.NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_weighs_every_step_of_a_path(own, others, status):
    assert judge(no_escalation_path, role(own), workload(), *others).status is status


def test_roles_that_no_workload_runs_as_are_left_out():
    assert judge(no_escalation_path, role(STARTS), deployer(EVERYTHING)).status is Status.NOT_APPLICABLE


def test_names_the_steps():
    [fault] = judge(no_escalation_path, role(STARTS), deployer(EVERYTHING), workload()).faults
    assert fault.says == (
        "an AI workload's role becomes an administrator: "
        "run an image of one's own as a training job under the role (role/deploy, sagemaker-002)"
    )
