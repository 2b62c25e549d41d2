import pytest

from hexward.controls.network.knowledge_base_source_trusted import knowledge_base_source_trusted
from hexward.inventory import Bucket, DataSource
from hexward.inventory.bedrock_agent import (
    Crawler,
    SeedUrl,
    SeedUrls,
    SourceBucket,
    SourceConfiguration,
    WebCrawl,
    WebSource,
)
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge, seen

OWN = seen(Bucket, "arn:aws:s3:::docs", name="docs")


def s3(owner: str | None, name: str = "docs") -> DataSource:
    bucket = SourceBucket(f"arn:aws:s3:::{name}", owner)
    return seen(DataSource, configuration=SourceConfiguration("S3", s3_configuration=bucket))


def web(url: str, scope: str | None = None) -> DataSource:
    crawl = WebCrawl(WebSource(SeedUrls((SeedUrl(url),))), Crawler(scope))
    return seen(DataSource, configuration=SourceConfiguration("WEB", web_configuration=crawl))


PASS = inventory(s3(ACCOUNT))
FAIL = inventory(s3("444455556666"))


@pytest.mark.parametrize(
    ("source", "status"),
    [
        (s3(None), Status.PASS),
        (s3(None, "theirs"), Status.UNKNOWN),
        (web("https://docs.brightwell.example/"), Status.PASS),
        (web("https://docs.brightwell.example/", "HOST_ONLY"), Status.PASS),
        (seen(DataSource, configuration=SourceConfiguration("CONFLUENCE")), Status.NOT_APPLICABLE),
        (seen(DataSource, configuration=SourceConfiguration("MANAGED_KNOWLEDGE_BASE_CONNECTOR")), Status.UNKNOWN),
    ],
)
def test_an_own_bucket_and_one_host_pass(source, status):
    assert judge(knowledge_base_source_trusted, source, OWN).status is status


@pytest.mark.parametrize(
    ("source", "aspects"),
    [
        (web("https://brightwell.example/", "SUBDOMAINS"), ["scope"]),
        (web("http://brightwell.example/"), ["plain"]),
        (web("HTTP://brightwell.example/", "SUBDOMAINS"), ["scope", "plain"]),
    ],
)
def test_pages_that_others_may_put_fail(source, aspects):
    assert [fault.aspect for fault in judge(knowledge_base_source_trusted, source).faults] == aspects
