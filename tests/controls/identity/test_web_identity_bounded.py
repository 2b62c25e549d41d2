import pytest

from hexward.controls.identity.web_identity_bounded import web_identity_bounded
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.identity.build import TRUST, policy, role

GITHUB, COGNITO = "token.actions.githubusercontent.com", "cognito-identity.amazonaws.com"
POOL = "us-east-1:12345678-dead-beef-cafe-123456790ab"
AUD = {f"{GITHUB}:aud": "sts.amazonaws.com"}


def trusting(host: str, **condition: object) -> str:
    provider = host if host in {COGNITO, "accounts.google.com"} else f"arn:aws:iam::{ACCOUNT}:oidc-provider/{host}"
    more = {"Condition": condition} if condition else {}
    return policy(Principal={"Federated": provider}, Action="sts:AssumeRoleWithWebIdentity", **more)


def sub(*subjects: str) -> dict[str, list[str]]:
    return {f"{GITHUB}:sub": list(subjects)}


PASS = inventory(role(trust=trusting(GITHUB, StringEquals=AUD, StringLike=sub("repo:acme/train:*"))))
FAIL = inventory(role(trust=trusting(GITHUB, StringEquals=AUD)))


@pytest.mark.parametrize(
    ("trust", "status"),
    [
        (trusting(GITHUB), Status.FAIL),
        (trusting(GITHUB, StringLike=sub("repo:*")), Status.FAIL),
        (trusting(GITHUB, StringLike=sub("*")), Status.FAIL),
        (trusting(GITHUB, StringLike=sub("repo:acme/train:*", "repo:*/train:ref:refs/heads/main")), Status.FAIL),
        (trusting(GITHUB, StringLike=sub("repo:acme*")), Status.FAIL),
        (trusting(GITHUB, StringLike=sub("repo:acme-*/train:*")), Status.FAIL),
        (trusting(GITHUB, StringNotLike=sub("repo:rival/*")), Status.FAIL),
        (trusting(GITHUB, StringLikeIfExists=sub("repo:acme/*")), Status.PASS),
        (trusting(GITHUB, StringLike=sub("repo:acme/*")), Status.PASS),
        (trusting(GITHUB, StringEquals={**AUD, **sub("repo:acme/train:ref:refs/heads/main")}), Status.PASS),
        (trusting(GITHUB, StringEquals={f"{GITHUB}:repository_owner": "acme"}), Status.PASS),
        (trusting(GITHUB, StringLike={f"{GITHUB}:repository": "acme/*"}), Status.PASS),
        (trusting(GITHUB, StringLike={f"{GITHUB}:repository": "*/train"}), Status.FAIL),
        (trusting(GITHUB, StringEquals={f"{GITHUB}:ref": "refs/heads/main"}), Status.FAIL),
        (trusting(COGNITO), Status.FAIL),
        (trusting(COGNITO, **{"ForAnyValue:StringLike": {f"{COGNITO}:amr": "authenticated"}}), Status.FAIL),
        (trusting(COGNITO, StringEquals={f"{COGNITO}:aud": POOL}), Status.PASS),
        (trusting(COGNITO, StringLike={f"{COGNITO}:aud": "us-east-1:*"}), Status.FAIL),
        (trusting("accounts.google.com"), Status.FAIL),
        (trusting("accounts.google.com", StringEquals={"accounts.google.com:aud": "66677788899900pro0"}), Status.PASS),
        (trusting("gitlab.com", StringLike={"gitlab.com:sub": "project_path:acme/*"}), Status.PASS),
        (
            trusting("app.terraform.io", StringLike={"app.terraform.io:sub": "organization:*:project:train:*"}),
            Status.FAIL,
        ),
        (trusting("login.example.com"), Status.NOT_APPLICABLE),
        (TRUST, Status.NOT_APPLICABLE),
        ("{", Status.UNKNOWN),
    ],
)
def test_a_token_must_name_an_organisation_or_an_application(trust, status):
    assert judge(web_identity_bounded, role(trust=trust)).status is status


def test_names_the_provider_whose_accounts_are_let_in():
    [fault] = judge(web_identity_bounded, role(trust=trusting(GITHUB))).faults
    assert (fault.says, fault.aspect) == (f"anyone with an account of {GITHUB} may take the role", GITHUB)
