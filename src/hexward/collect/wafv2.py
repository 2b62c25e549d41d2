"""Collects the web ACLs of each region, and CloudFront's."""

from hexward.collect.table import Call, Table
from hexward.inventory import CloudFrontWebAcl, WebAcl
from hexward.inventory.record import Record


def _acls(kind: type[Record], scope: str, *, everywhere: bool) -> Table:
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
    )


TABLES = (_acls(WebAcl, "REGIONAL", everywhere=True), _acls(CloudFrontWebAcl, "CLOUDFRONT", everywhere=False))
