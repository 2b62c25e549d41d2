"""Inspector in each region, by kind of compute."""

from typing import Annotated

from hexward.inventory.record import At, Record, record

STATUS = "inspector2:BatchGetAccountStatus"
OF = "accounts[].resourceState"


@record
class InspectorRegion(Record):
    """Inspector in one region: the status of each kind of scan, ENABLED or another word.

    https://docs.aws.amazon.com/inspector/v2/APIReference/API_ResourceState.html
    """

    ec2: Annotated[str, At(STATUS, f"{OF}.ec2.status")]
    ecr: Annotated[str, At(STATUS, f"{OF}.ecr.status")]
    lambda_: Annotated[str, At(STATUS, f"{OF}.lambda.status")]
    lambda_code: Annotated[str, At(STATUS, f"{OF}.lambdaCode.status")]
