import pytest

from hexward.controls.trail.inference_data_events import inference_data_events
from hexward.inventory import Stage, Workload
from hexward.inventory.event_selectors import FieldSelector
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen
from tests.controls.trail.trails import advanced, basic, region, trail

ENDPOINT_ARN = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:endpoint/chat"
FUNCTION_ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:chat"
ENDPOINT = seen(Workload, ENDPOINT_ARN, name="chat", stage=Stage.INFER)
FUNCTION = seen(Workload, FUNCTION_ARN, name="chat", stage=Stage.INFER)
CALLS = advanced("Data", "AWS::SageMaker::Endpoint")

PASS = inventory(ENDPOINT, region(), trail(CALLS))
FAIL = inventory(ENDPOINT, region(), trail(advanced("Data", "AWS::S3::Object")))


@pytest.mark.parametrize(
    ("workload", "one", "status"),
    [
        (FUNCTION, trail(basic("AWS::Lambda::Function", "arn:aws:lambda")), Status.PASS),
        (FUNCTION, trail(basic("AWS::Lambda::Function", f"{FUNCTION_ARN}-2")), Status.FAIL),
        (FUNCTION, trail(CALLS), Status.FAIL),
        (ENDPOINT, trail(basic()), Status.FAIL),
        (
            ENDPOINT,
            trail(advanced("Data", "AWS::SageMaker::Endpoint", FieldSelector("resources.ARN", equals=(ENDPOINT_ARN,)))),
            Status.PASS,
        ),
        (ENDPOINT, trail(CALLS).punched("is_logging"), Status.UNKNOWN),
        (seen(Workload, ENDPOINT_ARN, stage=Stage.DEVELOP), trail(), Status.NOT_APPLICABLE),
    ],
)
def test_calls_of_what_serves_a_model_are_logged(workload, one, status):
    assert judge(inference_data_events, workload, region(), one).status is status
