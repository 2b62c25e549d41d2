"""Objects of S3 as byte streams, which go on where a connection broke off."""

import io
from typing import Any

from hexward.aws.read import FAILURES, line, reason
from hexward.model import Reason

TRIES = 4
"""How often an object is asked for, each time from where the last answer broke off; botocore's own retries come on top."""


class Stream(io.RawIOBase):
    """An object, read once from its begin to its end. Whatever AWS refuses is an OSError, in one line."""

    def __init__(self, client: Any, bucket: str, key: str) -> None:  # noqa: ANN401  (botocore makes clients at run time)
        """Ask for the object. Raises OSError."""
        self._client = client
        self._asked = {"Bucket": bucket, "Key": key}
        self._done = 0
        self._body: Any = None
        self._body = self._answered()

    def _answered(self) -> Any:  # noqa: ANN401
        try:
            answer = self._client.get_object(**self._asked)
        except FAILURES as error:
            raise OSError(refusal(error)) from error
        if answer.get("ETag"):
            # Another object that took its place would not go on where this one broke off.
            self._asked["IfMatch"] = answer["ETag"]
        return answer["Body"]

    def readable(self) -> bool:
        """Say yes."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most `size`; none at the end. Raises OSError."""
        tries = 1
        while True:
            try:
                piece: bytes = self._body.read(size if size >= 0 else None)
            except (*FAILURES, OSError) as error:
                if tries == TRIES:
                    raise OSError(line(error)) from error
                tries += 1
                self._body.close()
                if self._done:
                    self._asked["Range"] = f"bytes={self._done}-"
                self._body = self._answered()
            else:
                self._done += len(piece)
                return piece

    def close(self) -> None:
        """Give the connection back."""
        if self._body is not None:
            self._body.close()
        super().close()


def refusal(error: Exception) -> str:
    """Say in one line why an object is not given, and which permission is missing.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    """
    told = line(error)
    if reason(error) is not Reason.DENIED:
        return told
    needs = "kms:Decrypt" if "kms:" in told else "s3:GetObject, and kms:Decrypt if a key of KMS encrypts the object"
    return f"{told} (needs {needs})"
