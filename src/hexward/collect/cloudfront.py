"""Collects CloudFront's distributions."""

from hexward.collect.table import Call, Table
from hexward.inventory import Distribution

TABLES = (
    Table(
        Distribution,
        "cloudfront",
        # The service takes the size of a page as a text.
        Call("ListDistributions", {"MaxItems": "100"}),
        "DistributionList.Items[]",
        "{ARN}",
        details=(Call("ListTagsForResource", {"Resource": "$ARN"}),),
        everywhere=False,
    ),
)
