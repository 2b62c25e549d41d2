"""Functions, and the public addresses that some of them have."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags

FUNCTIONS = "lambda:ListFunctions"

_REFERRING = re.compile(r"ENDPOINT|MODEL|BUCKET|KNOWLEDGE_?BASE|AGENT|GUARDRAIL", re.IGNORECASE)
_SECRET = re.compile(r"KEY|SECRET|TOKEN|PASS|CREDENTIAL|AUTH", re.IGNORECASE)
_REFERENCE = re.compile(r"(arn:aws|s3://)[^\s@?#]{1,512}|[A-Za-z0-9][A-Za-z0-9.:/-]{0,127}")
_SECRET_VALUE = re.compile(
    # Ids of access keys (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html), secrets of access keys,
    # hashes and hexadecimal tokens, signed tokens, and the keys of model vendors.
    r"\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b|\b(?=[a-z0-9/]*[A-Z])(?=[A-Z0-9/]*[a-z])(?=[A-Za-z/]*\d)[A-Za-z0-9/]{40}\b"
    r"|[0-9a-fA-F]{32}|\beyJ[A-Za-z0-9-]{8}|^(sk|hf|gh[opsu]|xox[abp]|glpat)-"
)


class FunctionVpc(Part):
    """The network of a function; both lists are empty for one outside any VPC."""

    subnet_ids: tuple[str, ...] = ()
    security_group_ids: tuple[str, ...] = ()


class FunctionUrl(Part):
    """A public address: `auth_type` is AWS_IAM or NONE. The ARN ends with the alias, if it is one's own address."""

    function_url: str
    function_arn: str
    auth_type: str

    @property
    def alias(self) -> str:
        """Return the alias whose address it is, empty for that of the function itself."""
        return self.function_arn.split(":")[7] if self.function_arn.count(":") > 6 else ""  # noqa: PLR2004  (`…:function:NAME`)


def environment(raw: Any) -> dict[str, str]:  # noqa: ANN401
    """Read the references of a function's environment; raises ValueError where Lambda could not decrypt it for the caller.

    https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html
    """
    if not isinstance(raw, dict):
        msg = f"an environment is a structure, not {type(raw).__name__}"
        raise ValueError(msg)
    if raw.get("Error") is not None and "Variables" not in raw:
        msg = "the environment could not be decrypted"
        raise ValueError(msg)
    return references(raw.get("Variables", {}))


def references(variables: Any) -> dict[str, str]:  # noqa: ANN401
    """Keep, of a function's environment, the variables that name an endpoint, model, bucket or agent; no other value is ever stored."""
    if not isinstance(variables, dict):
        msg = f"variables are a structure, not {type(variables).__name__}"
        raise ValueError(msg)
    return {
        name: value
        for name, value in variables.items()
        if isinstance(value, str)
        and _REFERRING.search(name)
        and not _SECRET.search(name)
        and _REFERENCE.fullmatch(value)
        and not _SECRET_VALUE.search(value)
    }


@record
class Function(Record):
    """A Lambda function. `references` holds only what its environment names; `url` is None without a public address."""

    name: Annotated[str, At(FUNCTIONS, "Functions[].FunctionName")]
    role: Annotated[str, At(FUNCTIONS, "Functions[].Role")]
    runtime: Annotated[str | None, At(FUNCTIONS, "Functions[].Runtime")]
    vpc_config: Annotated[FunctionVpc | None, At(FUNCTIONS, "Functions[].VpcConfig")]
    references: Annotated[dict[str, str] | None, At(FUNCTIONS, "Functions[].Environment", environment)]
    kms_key_arn: Annotated[str | None, At(FUNCTIONS, "Functions[].KMSKeyArn")]
    url: Annotated[tuple[FunctionUrl, ...], At("lambda:ListFunctionUrlConfigs", "FunctionUrlConfigs")]
    policy: Annotated[str | None, At("lambda:GetPolicy", "Policy", document)]
    tags: Annotated[Tags, At("lambda:ListTags", "Tags")]

    @property
    def url_hosts(self) -> tuple[str, ...]:
        """Return the hosts of its public addresses, in lower case. Raises NotCollected if they were not read."""
        return tuple(dict.fromkeys((urlsplit(one.function_url).hostname or "") for one in self.url))
