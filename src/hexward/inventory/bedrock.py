"""Bedrock: the record that a region keeps of prompts and completions, guardrails, and models that were tuned.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock.html describes each field.
"""

from datetime import datetime
from typing import Annotated

from hexward.inventory.inventory import Inventory
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.reference import named

LOGGING = "bedrock:GetModelInvocationLoggingConfiguration"
GUARDRAILS = "bedrock:ListGuardrails"
GUARDRAIL = "bedrock:GetGuardrail"
MODELS = "bedrock:ListCustomModels"
MODEL = "bedrock:GetCustomModel"
JOB = "bedrock:GetModelCustomizationJob"

ACTING = {"BLOCK", "ANONYMIZE"}
"""What a filter may do with what it finds; with NONE it only tells."""


class LogBucket(Part, rename="camel"):
    """A bucket that invocations are logged to."""

    bucket_name: str


class LogGroup(Part, rename="camel"):
    """A group of CloudWatch Logs that invocations are logged to."""

    log_group_name: str


class InvocationLogging(Part, rename="camel"):
    """Where prompts and completions are logged, and whether their text is."""

    s3_config: LogBucket | None = None
    cloud_watch_config: LogGroup | None = None
    text_data_delivery_enabled: bool | None = None


@record
class BedrockRegion(Record):
    """Bedrock in one region; `logging` is None where invocations are not logged."""

    logging: Annotated[InvocationLogging | None, At(LOGGING, "loggingConfig")]


class ContentFilter(Part, rename="camel"):
    """A filter for one kind of content; AWS blocks by it, and uses it, where the action and the switch are left out."""

    type: str
    input_strength: str
    input_action: str | None = None
    input_enabled: bool | None = None


class SensitiveFilter(Part, rename="camel"):
    """A filter for one kind of personal data, or for a pattern; what is left out for one direction is as `action` says."""

    action: str
    input_action: str | None = None
    output_action: str | None = None
    input_enabled: bool | None = None
    output_enabled: bool | None = None

    @property
    def acts(self) -> bool:
        """Say whether it blocks or masks what it finds, in prompts or in answers."""
        prompts = self.input_enabled is not False and (self.input_action or self.action) in ACTING
        answers = self.output_enabled is not False and (self.output_action or self.action) in ACTING
        return prompts or answers


@record
class Guardrail(Record):
    """One version of a guardrail, numbered from 1, or its DRAFT; its ARN is the guardrail's with the version after a colon.

    https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html
    """

    id: Annotated[str, At(GUARDRAILS, "guardrails[].id")]
    version: Annotated[str, At(GUARDRAILS, "guardrails[].version")]
    name: Annotated[str, At(GUARDRAILS, "guardrails[].name")]
    content_filters: Annotated[tuple[ContentFilter, ...] | None, At(GUARDRAIL, "contentPolicy.filters")]
    pii_entities: Annotated[tuple[SensitiveFilter, ...] | None, At(GUARDRAIL, "sensitiveInformationPolicy.piiEntities")]
    regexes: Annotated[tuple[SensitiveFilter, ...] | None, At(GUARDRAIL, "sensitiveInformationPolicy.regexes")]
    kms_key_arn: Annotated[str | None, At(GUARDRAIL, "kmsKeyArn")]

    @property
    def stops_prompt_attacks(self) -> bool:
        """Say whether it blocks prompts that try to change the agent's orders, at the highest strength."""
        return any(
            one.type == "PROMPT_ATTACK"
            and one.input_strength == "HIGH"
            and one.input_action in {None, "BLOCK"}
            and one.input_enabled is not False
            for one in self.content_filters or ()
        )

    @property
    def filters_personal_data(self) -> bool:
        """Say whether it blocks or masks some kind of personal data or a pattern of the customer's."""
        return any(one.acts for one in (*(self.pii_entities or ()), *(self.regexes or ())))


def guardrail_version(inventory: Inventory, name: str, region: str) -> Guardrail | None:
    """Return the version of a guardrail that an id or ARN, a colon and the version name; None if there is surely none.

    Raises NotCollected where it may exist but was not seen, for instance in another account.
    """
    arn = (
        name
        if name.startswith("arn:")
        else f"arn:{inventory.partition}:bedrock:{region}:{inventory.account}:guardrail/{name}"
    )
    return inventory.find(Guardrail, arn)


@record
class CustomModel(Record):
    """A model that the account tuned, distilled or trained further."""

    name: Annotated[str, At(MODELS, "modelSummaries[].modelName")]
    model_kms_key_arn: Annotated[str | None, At(MODEL, "modelKmsKeyArn")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names its key, if it names one."""
        return named(self.model_kms_key_arn)


class LoggedInvocations(Part, rename="camel"):
    """Where logged invocations lie."""

    s3_uri: str | None = None


class InvocationLogs(Part, rename="camel"):
    """Logged invocations that a model learns from."""

    invocation_log_source: LoggedInvocations


class TrainingData(Part, rename="camel"):
    """Where the examples lie: as such, or as logged invocations."""

    s3_uri: str | None = None
    invocation_logs_config: InvocationLogs | None = None


class Validator(Part, rename="camel"):
    """Examples that the model is tried on."""

    s3_uri: str


class JobVpc(Part, rename="camel"):
    """The network through which a job reads its data."""

    subnet_ids: tuple[str, ...]
    security_group_ids: tuple[str, ...]


@record
class ModelCustomizationJob(Record):
    """A run that tuned a model on the account's data; AWS keeps jobs for good."""

    name: Annotated[str, At(JOB, "jobName")]
    created: Annotated[datetime, At(JOB, "creationTime")]
    role_arn: Annotated[str, At(JOB, "roleArn")]
    training_data_config: Annotated[TrainingData, At(JOB, "trainingDataConfig")]
    validators: Annotated[tuple[Validator, ...] | None, At(JOB, "validationDataConfig.validators")]
    output_model_kms_key_arn: Annotated[str | None, At(JOB, "outputModelKmsKeyArn")]
    vpc_config: Annotated[JobVpc | None, At(JOB, "vpcConfig")]

    @property
    def data_uris(self) -> tuple[str, ...]:
        """Return the S3 addresses of all examples. Raises NotCollected if they were not read."""
        training = self.training_data_config
        logs = training.invocation_logs_config
        from_logs = None if logs is None else logs.invocation_log_source.s3_uri
        return named(training.s3_uri, from_logs, *(one.s3_uri for one in self.validators or ()))
