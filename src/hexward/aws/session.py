"""Who we are in AWS: credentials from a profile, SSO or a role, and the account that they open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import boto3
import botocore.exceptions as errors
from botocore.config import Config
from botocore.credentials import DeferredRefreshableCredentials, create_assume_role_refresher
from botocore.parsers import ResponseParserError
from botocore.session import Session as Core
from botocore.session import get_session

from hexward.model import AccountError, UsageError

HOME = "us-east-1"
"""Where global services are asked, and any region where the user's settings name none."""

HOMES = {"aws": HOME, "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}
"""Where each partition keeps its global services; https://docs.aws.amazon.com/general/latest/gr/iam-service.html."""

TIMEOUTS = Config(connect_timeout=5, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 2})

LOST = (
    errors.NoCredentialsError,
    errors.PartialCredentialsError,
    errors.CredentialRetrievalError,
    errors.SSOError,
    errors.TokenRetrievalError,
    errors.UnauthorizedSSOTokenError,
)
"""What botocore raises where it has no credentials, or no way to renew them."""

_UNREACHABLE = (errors.HTTPClientError, errors.ConnectionError, errors.NoRegionError, ValueError)


@dataclass(frozen=True, slots=True)
class Connection:
    """An opened account: whom we are there, and the session that speaks for us."""

    session: boto3.Session
    account: str
    caller: str
    partition: str
    client: Callable[[str, str], Any]
    """Makes the client of a service, by its botocore name, in a region."""

    @property
    def region(self) -> str:
        """Return the region that the user's settings name, else the home region."""
        return self.session.region_name or self.home

    @property
    def home(self) -> str:
        """Return the region where the partition's global services are asked."""
        return HOMES.get(self.partition, HOME)


def connect(
    *,
    profile: str | None = None,
    role_arn: str | None = None,
    external_id: str | None = None,
    endpoint_url: str | None = None,
) -> Connection:
    """Open an account with the user's own credentials, or through a role that they may assume.

    Raises AccountError, one line with the cause, if that is not possible.
    """
    place = endpoint_url or "its own end points"
    try:
        return _open(profile, role_arn, external_id, endpoint_url)
    except errors.ProfileNotFound as error:
        raise AccountError(
            f"profile {profile!r} is not in the AWS configuration; `aws configure list-profiles` lists them"
        ) from error
    except LOST as error:
        raise AccountError(
            f"no usable AWS credentials ({_line(error)}); try `aws sso login` or `--profile NAME`"
        ) from error
    except errors.ClientError as error:
        raise AccountError(_refused(error, role_arn)) from error
    except _UNREACHABLE as error:
        raise AccountError(f"AWS cannot be reached at {_line(place)}: {_line(error)}") from error
    except errors.BotoCoreError as error:
        raise AccountError(_line(error)) from error
    except ResponseParserError as error:
        raise AccountError(f"what answers at {_line(place)} is not AWS: {_line(error)}") from error
    except KeyError as error:
        raise AccountError(f"the answer of {_line(place)} to GetCallerIdentity has no {error}") from error


def _open(profile: str | None, role_arn: str | None, external_id: str | None, endpoint_url: str | None) -> Connection:
    core = get_session() if profile is None else Core(profile=profile)
    session = boto3.Session(botocore_session=core, region_name=core.get_config_variable("region") or HOME)
    if role_arn is not None:
        session = _through(core, role_arn, external_id, endpoint_url)
    told = session.client("sts", endpoint_url=endpoint_url, config=TIMEOUTS).get_caller_identity()
    partition = session.get_partition_for_region(session.region_name or HOME)
    client = partial(_client, session, endpoint_url)
    return Connection(session, str(told["Account"]), str(told["Arn"]), partition, client)


def _through(core: Core, role_arn: str, external_id: str | None, endpoint_url: str | None) -> boto3.Session:
    """Return a session of the role, whose credentials renew themselves while an audit runs."""
    if role_arn.count(":") < 5 or ":role/" not in role_arn:  # noqa: PLR2004  (an ARN has six parts)
        raise UsageError(f"{role_arn!r} is not the ARN of a role")
    region = core.get_config_variable("region") or HOME
    sts = boto3.Session(botocore_session=core, region_name=region).client(
        "sts", endpoint_url=endpoint_url, config=TIMEOUTS
    )
    asked = {"RoleArn": role_arn, "RoleSessionName": "hexward"}
    refresh = create_assume_role_refresher(sts, asked | ({} if external_id is None else {"ExternalId": external_id}))
    assumed = Core(profile=core.profile)
    # botocore offers no public way to give a session credentials that renew themselves.
    assumed._credentials = DeferredRefreshableCredentials(refresh, "assume-role")  # type: ignore[attr-defined]  # noqa: SLF001
    return boto3.Session(botocore_session=assumed, region_name=region)


def _refused(error: errors.ClientError, role_arn: str | None) -> str:
    code = error.response.get("Error", {}).get("Code", "")
    if code.startswith("Expired"):
        return f"the AWS credentials have expired ({code}); renew them, for SSO with `aws sso login`"
    if role_arn is not None and error.operation_name == "AssumeRole":
        return f"{role_arn} cannot be assumed: {_line(error)}"
    return f"AWS refuses these credentials: {_line(error)}"


def _line(told: Exception | str) -> str:
    return " ".join(str(told).split())[:300]


def known_regions(connection: Connection, service: str = "ec2") -> tuple[str, ...]:
    """Return the regions that botocore knows for a service in this partition, enabled or not."""
    return tuple(sorted(connection.session.get_available_regions(service, connection.partition)))


def supports(connection: Connection, service: str, region: str) -> bool:
    """Say whether AWS offers a service in a region, as far as botocore's data knows."""
    regions = connection.session.get_available_regions(service, connection.partition)
    return not regions or region in regions


def client_settings() -> Config:
    """Return the settings of every client that reads: adaptive retries, and no wait without end."""
    return Config(
        connect_timeout=5,
        read_timeout=20,
        max_pool_connections=16,
        retries={"mode": "adaptive", "total_max_attempts": 6},
        user_agent_extra="hexward",
        s3={"addressing_style": "auto"},
    )


def _client(session: boto3.Session, endpoint_url: str | None, service: str, region: str) -> Any:  # noqa: ANN401  (botocore makes clients at run time)
    client = session.client(service, region_name=region, endpoint_url=endpoint_url, config=client_settings())
    if endpoint_url is not None and service == "s3control":
        client.meta.events.register("before-sign.s3-control", _without_account_in_host)
    return client


def _without_account_in_host(request: Any, **_: object) -> None:  # noqa: ANN401
    """Undo the account prefix of the host name (`123456789012.127.0.0.1`), which no address resolves."""
    account = request.headers.get("x-amz-account-id")
    if account:
        request.url = request.url.replace(f"//{account}.", "//", 1)
