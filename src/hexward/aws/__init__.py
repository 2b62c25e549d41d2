"""Everything that speaks to AWS; boto3 and botocore are imported here and nowhere else."""

from hexward.aws.actions import action_of
from hexward.aws.objects import Stream
from hexward.aws.read import Answer, Live, Pages, Reader
from hexward.aws.session import Connection, connect, known_regions, supports

__all__ = [
    "Answer",
    "Connection",
    "Live",
    "Pages",
    "Reader",
    "Stream",
    "action_of",
    "connect",
    "known_regions",
    "supports",
]
