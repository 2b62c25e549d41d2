"""Functions, and the public addresses that some of them have."""

from typing import Annotated
from urllib.parse import urlsplit

from hexward.inventory.lambda_environment import of_environment, references, secrets, stores
from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags

FUNCTIONS = "lambda:ListFunctions"


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


@record
class Function(Record):
    """A Lambda function. Of its environment, `references` and `stores` hold what it names, `secrets` the names of variables with secrets.

    All three are None for a function without an environment.
    """

    name: Annotated[str, At(FUNCTIONS, "Functions[].FunctionName")]
    role: Annotated[str, At(FUNCTIONS, "Functions[].Role")]
    runtime: Annotated[str | None, At(FUNCTIONS, "Functions[].Runtime")]
    vpc_config: Annotated[FunctionVpc | None, At(FUNCTIONS, "Functions[].VpcConfig")]
    references: Annotated[dict[str, str] | None, At(FUNCTIONS, "Functions[].Environment", of_environment(references))]
    stores: Annotated[dict[str, str] | None, At(FUNCTIONS, "Functions[].Environment", of_environment(stores))]
    secrets: Annotated[tuple[str, ...] | None, At(FUNCTIONS, "Functions[].Environment", of_environment(secrets))]
    kms_key_arn: Annotated[str | None, At(FUNCTIONS, "Functions[].KMSKeyArn")]
    url: Annotated[tuple[FunctionUrl, ...], At("lambda:ListFunctionUrlConfigs", "FunctionUrlConfigs")]
    policy: Annotated[str | None, At("lambda:GetPolicy", "Policy", document)]
    tags: Annotated[Tags, At("lambda:ListTags", "Tags")]

    @property
    def url_hosts(self) -> tuple[str, ...]:
        """Return the hosts of its public addresses, in lower case. Raises NotCollected if they were not read."""
        return tuple(dict.fromkeys((urlsplit(one.function_url).hostname or "") for one in self.url))

    @property
    def stores_named(self) -> tuple[str, ...]:
        """Return the names, hosts and ARNs of data stores and secrets in its environment."""
        return tuple((self.stores or {}).values())
