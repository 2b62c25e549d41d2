"""Times are read as the library reads them, though a minute that was read is remembered."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hexward.events.event import milliseconds

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1))  # noqa: DTZ001  (a zone follows)
FORMS = st.sampled_from(
    [
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%dT%H:%M:%S",
        "%Y%m%dT%H%M%S.%fZ",
        "%Y-%m-%dT%H:%M:%S.%fZ",
        "%Y-%m-%dT%H:%M:%S+02:00",
        "%Y%m%dT%H%M%S.1%SZ",
    ]
)


@given(st.lists(st.tuples(MOMENTS, FORMS), max_size=20))
def test_times_are_what_the_library_reads_however_often_a_minute_comes(given_moments):
    for moment, form in given_moments:
        for second in (moment.second, 0, 59):
            written = moment.replace(second=second).strftime(form)
            plain = datetime.fromisoformat(written)
            expected = plain if plain.tzinfo else plain.replace(tzinfo=UTC)
            assert milliseconds(written) == int(expected.timestamp() * 1000)
