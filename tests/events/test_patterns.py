"""No text of a record keeps the regular expressions busy that look for something in it: they pass over it once."""

import pkgutil
import re
from importlib import import_module

import pytest

import hexward.events
from hexward.detections.regex import TOKEN, _Pieces
from hexward.events.cloudtrail import MODEL

PATTERNS = {
    f"{module.name}.{name}": value.pattern
    for module in pkgutil.iter_modules(hexward.events.__path__)
    for name, value in vars(import_module(f"hexward.events.{module.name}")).items()
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
}


def looks_again(pattern: str) -> list[str]:
    """Return the alternatives in which a repeat can pass over all places where the next search begins, and be tried from each."""
    found = []
    for alternative in pattern.split("|") if pattern.startswith(r"\[") else [pattern]:
        pieces = list(_Pieces(TOKEN.findall(alternative)).some())
        for place, repeat in enumerate(pieces):
            before = [piece.characters for piece in pieces[:place] if piece.must]
            if repeat.loose and before and not any(one.isdisjoint(repeat.characters) for one in before):
                found.append(alternative)
    return found


def test_the_check_finds_what_looks_again():
    assert looks_again(r":bedrock:[^\s/]*?/([^\s/\"',]+)")
    assert looks_again(r"\[([^\]]*)\]")


@pytest.mark.parametrize("name", PATTERNS)
def test_no_search_passes_over_a_text_more_than_once(name):
    assert not looks_again(PATTERNS[name])


def test_a_message_full_of_beginnings_is_read_at_once():
    assert MODEL.search(":bedrock:" * 100_000) is None
