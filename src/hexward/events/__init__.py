"""Logs → events: CloudTrail, GuardDuty and others are read from byte streams, and told what Hexward knows of them."""

from hexward.events.event import KNOWN_EARLY, Event, milliseconds, told
from hexward.events.fields import ASSET_FIELDS, BASELINE_FIELDS, COUNTRY_FIELDS, FIELDS
from hexward.events.log import DataSource, Log, data_source
from hexward.events.record import event_of, says, says_on_what

__all__ = [
    "ASSET_FIELDS",
    "BASELINE_FIELDS",
    "COUNTRY_FIELDS",
    "FIELDS",
    "KNOWN_EARLY",
    "DataSource",
    "Event",
    "Log",
    "data_source",
    "event_of",
    "milliseconds",
    "says",
    "says_on_what",
    "told",
]
