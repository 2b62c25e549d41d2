import pytest

from hexward.iam.ai_access import CALLS, reaches_ai
from hexward.iam.authorization import actions_of
from hexward.iam.principals import principal
from hexward.inventory import NotCollected
from tests.build import inventory
from tests.controls.identity.build import policy, role


def reached(*documents: str) -> str | None:
    owner = role(*documents)
    return reaches_ai(principal(inventory(owner), owner))


def test_names_the_first_call_that_is_permitted_on_anything():
    model = policy(
        Action="bedrock:InvokeModel", Resource="arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
    )
    assert reached(model) == "bedrock:InvokeModel"
    assert reached(policy(Action="sagemaker:*")) == "sagemaker:InvokeEndpoint"
    assert reached(policy(Action="bedrock:InvokeModelWithR*")) == "bedrock:InvokeModelWithResponseStream"
    assert reached(policy(Action=["sagemaker:Describe*", "bedrock:List*"])) is None


def test_what_cannot_be_decided_hides_no_other_call():
    # Nobody has this tag: whether the statement is then void AWS does not tell.
    odd = policy(
        Action="bedrock:InvokeModel", NotResource="arn:aws:bedrock:*::foundation-model/${aws:PrincipalTag/none}"
    )
    with pytest.raises(NotCollected):
        reached(odd)
    assert reached(odd, policy(Action="sagemaker:CreateTrainingJob")) == "sagemaker:CreateTrainingJob"


@pytest.mark.parametrize("call", CALLS)
def test_each_call_is_an_action_of_aws(call):
    service, _, name = call.partition(":")
    known = actions_of(service)
    assert not known or call.lower() in {one.lower() for one in known}, name
