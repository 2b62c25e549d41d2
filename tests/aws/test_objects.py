"""An object is one stream of bytes, wherever connections break off, and what AWS refuses is one line."""

import io
import re

import pytest
from botocore.exceptions import ClientError, IncompleteReadError, ReadTimeoutError

from hexward.aws.objects import TRIES, Stream

DATA = bytes(range(256)) * 40


class Body(io.BytesIO):
    """Gives so many bytes and then fails."""

    def __init__(self, data: bytes, good: int) -> None:
        super().__init__(data)
        self.good = good

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() >= self.good:
            raise ReadTimeoutError(endpoint_url="s3")
        return super().read(size)


class Bucket:
    """A client of one object, whose connections break off."""

    def __init__(self, good: int) -> None:
        self.good = good
        self.asked: list[dict[str, str]] = []

    def get_object(self, **asked: str) -> dict[str, object]:
        self.asked.append(asked)
        start = int(asked.get("Range", "bytes=0-")[6:-1])
        return {"ETag": '"e"', "Body": Body(DATA[start:], self.good)}


def test_goes_on_where_the_connection_broke_off():
    bucket = Bucket(good=4000)
    with Stream(bucket, "b", "k") as stream:
        found = b"".join(iter(lambda: stream.read(1000), b""))
    assert found == DATA[: len(found)]
    assert len(found) >= 10_000
    assert bucket.asked[1] == {"Bucket": "b", "Key": "k", "Range": "bytes=4000-", "IfMatch": '"e"'}


def test_gives_up_after_some_tries():
    stream = Stream(Bucket(good=0), "b", "k")
    with pytest.raises(OSError, match="Read timeout"):
        stream.read()
    assert stream.readable()


def test_an_empty_object_that_broke_off_is_asked_for_as_a_whole():
    bucket = Bucket(good=0)
    with pytest.raises(OSError, match="Read timeout"):
        Stream(bucket, "b", "k").read(10)
    assert len(bucket.asked) == TRIES
    assert not any("Range" in one for one in bucket.asked)


@pytest.mark.parametrize(
    ("code", "message", "says"),
    [
        (
            "AccessDenied",
            "no",
            "AccessDenied: no (needs s3:GetObject, and kms:Decrypt if a key of KMS encrypts the object)",
        ),
        (
            "AccessDenied",
            "u is not authorized to perform: kms:Decrypt",
            "AccessDenied: u is not authorized to perform: kms:Decrypt (needs kms:Decrypt)",
        ),
        ("NoSuchKey", "gone", "NoSuchKey: gone"),
        ("InvalidObjectState", "archived", "InvalidObjectState: archived"),
    ],
)
def test_a_refusal_is_one_line_with_what_is_needed(code, message, says):
    class Refusing:
        def get_object(self, **_: str) -> None:
            raise ClientError({"Error": {"Code": code, "Message": message}}, "GetObject")

    with pytest.raises(OSError, match=f"^{re.escape(says)}$"):
        Stream(Refusing(), "b", "k")


def test_a_read_that_ends_too_early_is_tried_again():
    class Once(Bucket):
        def get_object(self, **asked: str) -> dict[str, object]:
            answer = super().get_object(**asked)
            if len(self.asked) == 1:
                answer["Body"] = Short()
            return answer

    class Short(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
            raise IncompleteReadError(actual_bytes=1, expected_bytes=2)

    assert Stream(Once(1 << 20), "b", "k").read() == DATA
