import pytest

from hexward.controls.network.waf_logs import waf_logs
from hexward.inventory import EntryWebAcl
from hexward.inventory.wafv2 import DataProtection, Logging, Named, Protected, Redacted, Whole
from hexward.model import Status
from tests.build import inventory, judge, seen

TOKEN, QUERY = Redacted(single_header=Named("Authorization")), Redacted(query_string=Whole())


def logging(*redacted: Redacted) -> Logging:
    return Logging(("arn:aws:firehose:x",), redacted or None)


def acl(log: Logging | None, *protected: Protected) -> EntryWebAcl:
    protection = tuple(DataProtection(one) for one in protected) or None
    return seen(EntryWebAcl, logging=log, data_protection=protection)


PASS = inventory(acl(logging(TOKEN, QUERY)))
FAIL = inventory(acl(None))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (acl(None), ["off"]),
        (acl(logging()), ["header", "query"]),
        (acl(logging(TOKEN)), ["query"]),
        (acl(logging(QUERY, Redacted(single_header=Named("x-api-key")))), ["header"]),
        (acl(logging(QUERY, Redacted())), ["header"]),
        (acl(logging(), Protected("SINGLE_HEADER", ("AUTHORIZATION",)), Protected("QUERY_STRING")), []),
        (acl(logging(), Protected("SINGLE_HEADER"), Protected("BODY")), ["query"]),
        (acl(logging(QUERY), Protected("SINGLE_HEADER", ("cookie",))), ["header"]),
    ],
)
def test_logs_what_was_asked_and_not_with_which_secrets(one, aspects):
    assert [fault.aspect for fault in judge(waf_logs, one).faults] == aspects


def test_protection_that_was_not_read_is_unknown_only_where_it_matters():
    assert judge(waf_logs, acl(logging(TOKEN, QUERY)).punched("data_protection")).status is Status.PASS
    assert judge(waf_logs, acl(logging()).punched("data_protection")).status is Status.UNKNOWN
