"""Users, groups, roles and managed policies, and what the credential report says of users."""

from datetime import UTC, datetime
from typing import Annotated, Any

from hexward.inventory.policy import document, documents, names
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_pairs

DETAILS = "iam:GetAccountAuthorizationDetails"
REPORT = "iam:GetCredentialReport"
SUMMARY = "iam:GetAccountSummary"
API_KEYS = "iam:ListServiceSpecificCredentials"
PASSWORDS = "iam:GetAccountPasswordPolicy"


class Attached(Part):
    """A managed policy that is attached to someone."""

    policy_name: str
    policy_arn: str


class Boundary(Part):
    """A permissions boundary: the most that someone may ever do."""

    permissions_boundary_arn: str


class Login(Part, rename=None):
    """One user's row of the credential report; `None` where the report says N/A.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
    """

    password_enabled: bool | None
    mfa_active: bool
    access_key_1_active: bool
    access_key_1_last_rotated: datetime | None
    access_key_1_last_used_date: datetime | None
    access_key_2_active: bool
    access_key_2_last_rotated: datetime | None
    access_key_2_last_used_date: datetime | None
    password_last_used: datetime | None = None
    """None where the password was never used, which the report calls N/A or no information."""
    password_last_changed: datetime | None = None


def login(row: Any) -> dict[str, object]:  # noqa: ANN401  (a row of the report's CSV)
    """Read a row of the credential report; raises ValueError for a column that is missing or reads as nothing known."""
    read: dict[str, object] = {}
    for name in Login.__struct_fields__:
        if name not in row:
            msg = f"the credential report has no column {name}"
            raise ValueError(msg)
        read[name] = _when(row[name]) if name.endswith(("rotated", "_date", "_used", "_changed")) else _flag(row[name])
    return read


def _flag(text: str) -> bool | None:
    words = {"true": True, "false": False, "not_supported": None, "N/A": None}
    if text not in words:
        msg = f"{text!r} is neither true nor false"
        raise ValueError(msg)
    return words[text]


def _when(text: str) -> datetime | None:
    if text in {"N/A", "no_information", "not_supported"}:
        return None
    return datetime.fromisoformat(text).astimezone(UTC)


def default_version(versions: Any) -> str:  # noqa: ANN401
    """Return the document that is in force among a managed policy's versions; raises ValueError if none is."""
    for one in versions if isinstance(versions, list) else ():
        if isinstance(one, dict) and one.get("IsDefaultVersion") is True:
            return document(one.get("Document"))
    msg = "the policy has no default version"
    raise ValueError(msg)


def instance_profiles(profiles: Any) -> list[str]:  # noqa: ANN401
    """Return the ARNs of a role's instance profiles, by which machines get the role; raises ValueError for one without."""
    if not isinstance(profiles, list) or not all(isinstance(one, dict) and "Arn" in one for one in profiles):
        msg = "not a list of instance profiles with their ARNs"
        raise ValueError(msg)
    return [one["Arn"] for one in profiles]


@record
class Account(Record):
    """The account itself: its root user and its account-wide settings.

    `root_password` is 0 where the root user cannot sign in at all, as in member accounts whose root credentials were deleted,
    and None where AWS does not tell. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
    """

    root_password: Annotated[int | None, At(SUMMARY, "SummaryMap.AccountPasswordPresent")]
    root_access_keys: Annotated[int, At(SUMMARY, "SummaryMap.AccountAccessKeysPresent")]
    root_mfa: Annotated[int, At(SUMMARY, "SummaryMap.AccountMFAEnabled")]


@record
class PasswordPolicy(Record):
    """What passwords of users must be like; every field is None where the account never set it, and eight characters will do.

    `password_reuse_prevention` is how many former passwords may not come back.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html
    """

    minimum_password_length: Annotated[int | None, At(PASSWORDS, "PasswordPolicy.MinimumPasswordLength")]
    password_reuse_prevention: Annotated[int | None, At(PASSWORDS, "PasswordPolicy.PasswordReusePrevention")]


@record
class User(Record):
    """An IAM user with long-term credentials."""

    name: Annotated[str, At(DETAILS, "UserDetailList[].UserName")]
    created: Annotated[datetime, At(DETAILS, "UserDetailList[].CreateDate")]
    groups: Annotated[tuple[str, ...], At(DETAILS, "UserDetailList[].GroupList")]
    attached: Annotated[tuple[Attached, ...], At(DETAILS, "UserDetailList[].AttachedManagedPolicies")]
    inline: Annotated[tuple[str, ...] | None, At(DETAILS, "UserDetailList[].UserPolicyList", documents)]
    inline_names: Annotated[tuple[str, ...] | None, At(DETAILS, "UserDetailList[].UserPolicyList", names)]
    boundary: Annotated[Boundary | None, At(DETAILS, "UserDetailList[].PermissionsBoundary")]
    tags: Annotated[Tags | None, At(DETAILS, "UserDetailList[].Tags", from_pairs)]
    login: Annotated[Login, At(REPORT, "Content", login)]


@record
class BedrockApiKey(Record):
    """A long-term API key for Bedrock, which is a credential of an IAM user; `expires` is None if it never does.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html
    """

    user_name: Annotated[str, At(API_KEYS, "ServiceSpecificCredentials[].UserName")]
    status: Annotated[str, At(API_KEYS, "ServiceSpecificCredentials[].Status")]
    created: Annotated[datetime, At(API_KEYS, "ServiceSpecificCredentials[].CreateDate")]
    expires: Annotated[datetime | None, At(API_KEYS, "ServiceSpecificCredentials[].ExpirationDate")]


@record
class Group(Record):
    """A group of IAM users, and the policies they share."""

    name: Annotated[str, At(DETAILS, "GroupDetailList[].GroupName")]
    attached: Annotated[tuple[Attached, ...], At(DETAILS, "GroupDetailList[].AttachedManagedPolicies")]
    inline: Annotated[tuple[str, ...] | None, At(DETAILS, "GroupDetailList[].GroupPolicyList", documents)]


@record
class Role(Record):
    """An IAM role: who may take it, and what it may do."""

    name: Annotated[str, At(DETAILS, "RoleDetailList[].RoleName")]
    path: Annotated[str, At(DETAILS, "RoleDetailList[].Path")]
    created: Annotated[datetime, At(DETAILS, "RoleDetailList[].CreateDate")]
    trust: Annotated[str, At(DETAILS, "RoleDetailList[].AssumeRolePolicyDocument", document)]
    attached: Annotated[tuple[Attached, ...], At(DETAILS, "RoleDetailList[].AttachedManagedPolicies")]
    inline: Annotated[tuple[str, ...], At(DETAILS, "RoleDetailList[].RolePolicyList", documents)]
    inline_names: Annotated[tuple[str, ...], At(DETAILS, "RoleDetailList[].RolePolicyList", names)]
    boundary: Annotated[Boundary | None, At(DETAILS, "RoleDetailList[].PermissionsBoundary")]
    instance_profiles: Annotated[
        tuple[str, ...], At(DETAILS, "RoleDetailList[].InstanceProfileList", instance_profiles)
    ]
    tags: Annotated[Tags | None, At(DETAILS, "RoleDetailList[].Tags", from_pairs)]

    @property
    def service_linked(self) -> bool:
        """Say whether AWS owns the role: nobody can change its policies.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
        """
        return self.path.startswith("/aws-service-role/")


@record
class ManagedPolicy(Record):
    """A managed policy, of the account or of AWS, that someone uses; its ARN names it."""

    document: Annotated[str, At(DETAILS, "Policies[].PolicyVersionList", default_version)]
