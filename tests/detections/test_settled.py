"""What rules still ask is worked out once for all callers who are alike in what the rules ask for."""

from pathlib import Path

import pytest

from hexward.detections import Engine, user_detections
from hexward.detections.settled import LONGEST_KEY, Rules
from hexward.events import Log

RULE = """\
title: Any
id: 0f0a4f1c-5c0e-4d1a-9c0b-0d6f4f0e9a01
logsource: {product: aws, service: cloudtrail}
detection:
    any:
        eventName: GetObject
        QUESTION
    condition: any
level: low
"""


def rules(folder: Path, question: str) -> Rules:
    (folder / "one.yml").write_text(RULE.replace("QUESTION", question))
    engine = Engine(user_detections(folder / "one.yml"))
    return Rules(engine.candidates(Log.CLOUDTRAIL, "s3.amazonaws.com", "GetObject", None), {"asset": []})


def test_callers_who_are_alike_in_what_is_asked_share_what_is_left(tmp_path):
    own = rules(tmp_path, "hexward.mature: true")
    ana = own.questions({"principal": "ana", "mature": True})
    assert ana is own.questions({"principal": "ben", "mature": True})
    assert [one.always for one in ana] == [True]


@pytest.mark.parametrize("mature", [False, None, 1, "TRUE"])
def test_callers_who_differ_in_what_is_asked_do_not(mature, tmp_path):
    own = rules(tmp_path, "hexward.mature|exists: true\n        hexward.long_term_key: true")
    known = {"mature": True, "long_term_key": True}
    assert own.questions(known) is not own.questions(known | {"mature": mature})
    assert bool(own.questions(known | {"mature": mature})) is (mature is not None)


def test_a_word_that_is_not_settled_is_still_asked_for(tmp_path):
    own = rules(tmp_path, "hexward.network_new: true")
    assert [one.always for one in own.questions({})] == [False]
    assert [one.always for one in own.questions({"network_new": True})] == [True]
    assert own.questions({"network_new": None}) == ()


def test_a_word_that_is_settled_for_all_decides(tmp_path):
    own = rules(tmp_path, "hexward.asset: training_data")
    assert own.questions({"asset": []}) == ()


def test_what_the_brief_does_not_tell_may_match(tmp_path):
    own = rules(tmp_path, "hexward.mature: true\n        responseElements.a: b")
    assert [one.is_told for one in own.questions({"mature": True})] == [False]
    assert own.questions({"mature": False}) == ()


def test_answers_for_long_words_are_right_and_not_kept(tmp_path):
    own = rules(tmp_path, "hexward.principal|endswith: x")
    known = {"principal": "x" * LONGEST_KEY}
    first = own.questions(known)
    assert [one.always for one in first] == [True]
    assert first is not own.questions(known)
