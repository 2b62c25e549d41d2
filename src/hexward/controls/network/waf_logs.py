"""Web ACLs before models log requests, without the secrets that requests carry.

Why: the log is the only record of who tried what at the door, and of what got through; and a log that keeps tokens and query strings hands
them to whoever reads it.

Fix: turn logging on, to a log group, bucket or stream whose name begins with aws-waf-logs-, and redact the header authorization, any
header that carries a key, and the query string, which may carry prompts. WAF logs no bodies, but for the piece that an SQL or script rule
matched; data protection of the web ACL hides fields there too, and counts here.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import EntryWebAcl
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AU-2", "NIST-800-53:AU-12"),
    source="https://docs.aws.amazon.com/waf/latest/developerguide/logging-management.html",
)
def waf_logs(acl: EntryWebAcl) -> Iterator[Fault]:
    if acl.logging is None:
        yield Fault("no request is logged", field="logging", aspect="off")
        return
    redacted = acl.logging.redacted_fields or ()
    headers = {one.single_header.name.lower() for one in redacted if one.single_header is not None}
    query = any(one.query_string is not None for one in redacted)
    for lacking, says in (("authorization" not in headers, "header"), (not query, "query")):
        if lacking and says not in _protected(acl):
            yield Fault(f"its log keeps {KEPT[says]}", field="logging", aspect=says)


KEPT = {"header": "the header authorization of every request", "query": "the query string of every request"}


def _protected(acl: EntryWebAcl) -> set[str]:
    """Return which of the two are hidden from all that WAF tells, logs included.

    https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-masking.html
    """
    found = set()
    for field in (one.field for one in acl.data_protection or ()):
        keys = {key.lower() for key in field.field_keys or ("authorization",)}
        if field.field_type == "SINGLE_HEADER" and "authorization" in keys:
            found.add("header")
        elif field.field_type == "QUERY_STRING":
            found.add("query")
    return found
