"""Knowledge bases take in documents of the account's own, over connections that nobody can change.

Why: whoever can write a document that a knowledge base takes in can tell its agents what to say and do. A bucket of another account
is written by others; under a subdomain that was given up, or over plain HTTP, anyone may put a page.

Fix: copy what others supply into a bucket of the account after a look at it, and begin crawls at https addresses with the scope
HOST_ONLY. A source that is agreed upon with a partner needs an exception. Who may write to the pages of the host itself, or to
Confluence, SharePoint and Salesforce, cannot be seen.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Bucket, DataSource, Inventory, bucket_named
from hexward.inventory.bedrock_agent import SourceBucket, WebCrawl
from hexward.inventory.reference import buckets
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("OWASP-LLM:LLM04", "OWASP-LLM:LLM08"),
    uses=(Bucket,),
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/webcrawl-data-source-connector.html",
)
def knowledge_base_source_trusted(source: DataSource, inventory: Inventory) -> Iterator[Fault]:
    settings = source.described
    if settings.s3_configuration is not None:
        yield from _bucket_faults(inventory, settings.s3_configuration)
    elif settings.web_configuration is not None:
        yield from _web_faults(settings.web_configuration)
    else:
        raise NotApplicable(f"it takes in neither a bucket nor web pages: {settings.type}")


def _bucket_faults(inventory: Inventory, bucket: SourceBucket) -> Iterator[Fault]:
    owner = bucket.bucket_owner_account_id
    if owner is None:
        # Whose the bucket is only the bucket itself can tell: it is known if it is among the account's own.
        for ref in buckets("DataSource.configuration", bucket.bucket_arn):
            bucket_named(inventory, ref.value)
    elif owner != inventory.account:
        yield Fault(f"documents come from a bucket of account {owner}: {bucket.bucket_arn}", field="configuration")


def _web_faults(crawl: WebCrawl) -> Iterator[Fault]:
    if crawl.crawler_configuration is not None and crawl.crawler_configuration.scope == "SUBDOMAINS":
        yield Fault("it takes in the pages of every subdomain", field="configuration", aspect="scope")
    plain = [url for url in crawl.urls if not url.lower().startswith("https://")]
    if plain:
        yield Fault(f"it takes in pages over plain HTTP: {plain[0]}", field="configuration", aspect="plain")
