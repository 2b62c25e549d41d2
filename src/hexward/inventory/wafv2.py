"""Web ACLs: their rules, boiled down to what they look for and what they do, and what their logs leave out."""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.web_acl_rules import Rule, rules

ACL = "wafv2:GetWebACL"
LOGGING = "wafv2:GetLoggingConfiguration"


class Named(Part):
    """A header, by its name in lower case."""

    name: str


class Whole(Part):
    """A part of a request as a whole."""


class Redacted(Part):
    """A part of a request that logs leave out."""

    single_header: Named | None = None
    query_string: Whole | None = None


class Logging(Part):
    """Where an ACL's logs go, and what they leave out; WAF logs no body."""

    log_destination_configs: tuple[str, ...]
    redacted_fields: tuple[Redacted, ...] | None = None


class Protected(Part):
    """A kind of field, such as SINGLE_HEADER or QUERY_STRING, and which of that kind; None for all."""

    field_type: str
    field_keys: tuple[str, ...] | None = None


class DataProtection(Part):
    """A part of a request that all of WAF's output leaves out or hashes."""

    field: Protected


class BodyInspection(Part):
    """How much of a body an ACL sees, such as KB_16."""

    default_size_inspection_limit: str


@record
class WebAcl(Record):
    """A web ACL for load balancers and APIs of a region; `logging` is None without logs.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html
    """

    name: Annotated[str, At("wafv2:ListWebACLs", "WebACLs[].Name")]
    rules: Annotated[tuple[Rule, ...], At(ACL, "WebACL", rules)]
    body_inspection: Annotated[dict[str, BodyInspection] | None, At(ACL, "WebACL.AssociationConfig.RequestBody")]
    data_protection: Annotated[
        tuple[DataProtection, ...] | None, At(ACL, "WebACL.DataProtectionConfig.DataProtections")
    ]
    logging: Annotated[Logging | None, At(LOGGING, "LoggingConfiguration")]


@record
class CloudFrontWebAcl(WebAcl):
    """A web ACL for CloudFront, which lives in the partition's home region."""
