"""What goes wrong with a policy document: it cannot be read, or it says something that AWS would refuse."""

from hexward.model import HexwardError


class PolicyError(HexwardError):
    """A malformed policy document; `place` says where (`Statement[2].Condition.StringLike`, or a line and column)."""

    def __init__(self, place: str, says: str) -> None:
        """Keep the place and the complaint apart, so that a caller can show either."""
        super().__init__(f"{place}: {says}")
        self.place = place
        self.says = says


class RequestError(HexwardError):
    """A request that nobody can make: its principal, action or context cannot be read."""
