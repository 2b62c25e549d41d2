"""Collects the web ACLs of each region, and CloudFront's."""

from hexward.collect.table import Call, Table
from hexward.inventory import CloudFrontWebAcl, WebAcl
from hexward.inventory.record import Record


def _acls(kind: type[Record], scope: str, others: str, *, everywhere: bool) -> Table:
    """Return the table of one scope; some emulators list the ACLs of the other one too, whose ARNs hold `others`."""
    # An account has at most 100 web ACLs of a scope in a region unless AWS raised that, and the service has no pages in botocore.
    # https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
    return Table(
        kind,
        "wafv2",
        Call("ListWebACLs", {"Scope": scope, "Limit": 100}),
        "WebACLs[]",
        "{ARN}",
        details=(
            Call("GetWebACL", {"Name": "$Name", "Scope": scope, "Id": "$Id"}),
            Call("GetLoggingConfiguration", {"ResourceArn": "$ARN"}, absent=("WAFNonexistentItemException",)),
        ),
        everywhere=everywhere,
        keep=lambda listed: others not in str(listed.get("ARN")),
    )


TABLES = (
    _acls(WebAcl, "REGIONAL", ":global/", everywhere=True),
    _acls(CloudFrontWebAcl, "CLOUDFRONT", ":regional/", everywhere=False),
)
