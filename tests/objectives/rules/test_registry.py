"""Which rules there are, from which stage they run, and which a plan may switch off."""

import pytest

from objectives.rules import RULES, Finding, PlanRules, Stage, blocking, findings_of
from tests.rules import act, adoption, change_set, draft

EVERY = {
    *("R01", "R02", "R04", "R05", "R06", "R07", "R09", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17"),
    *("R18", "R19", "R20", "R21", "R23", "R24", "R25", "R26", "R27", "R28", "R31", "R34"),
}
SWITCHABLE = {"R01", "R02", "R07", "R16", "R19", "R21", "R26", "R27", "R28", "R34"}


def test_every_rule_about_a_change_is_here():
    assert set(RULES) == EVERY
    assert {rule.id for rule in RULES.values()} == EVERY


def test_what_law_or_the_archive_asks_is_always_on():
    assert {rule.id for rule in RULES.values() if not rule.always} == SWITCHABLE


def test_every_rule_says_in_english_and_in_italian_what_it_asks():
    assert [rule.id for rule in RULES.values() if not (rule.check.__doc__ and rule.title and rule.text)] == []
    assert {rule.severity for rule in RULES.values()} == {"E", "W", "I", "W/E"}


@pytest.mark.parametrize(
    ("stage", "more"),
    [
        (
            Stage.DRAFT,
            {"R01", "R02", "R04", "R05", "R06", "R07", "R23", "R24", "R25", "R26", "R27", "R28", "R31"} | {"R34"},
        ),
        (Stage.SUBMIT, set()),
        (Stage.APPROVE, {"R20"}),
        (Stage.ADOPT, {"R09", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R18", "R19", "R21"}),
    ],
)
def test_a_rule_runs_from_its_stage_on(stage, more):
    assert {rule.id for rule in RULES.values() if rule.since == stage} == more


def test_a_plan_may_switch_a_rule_off_but_not_one_that_law_asks_for():
    off = frozenset({"R02", "R23"})
    nothing_of = draft(title="", weight=None)
    every = findings_of(change_set(nothing_of))
    left = findings_of(change_set(nothing_of, plan=PlanRules(2022, off=off)))
    assert [one for one in every if one not in left] == [one for one in every if one.rule == "R02"]
    assert {one.rule for one in left} == {"R01", "R23"}


def test_what_blocks_comes_first():
    found = findings_of(change_set(draft(title="", motive="", weight="90")))
    assert [(one.rule, one.severity) for one in found] == [("R07", "E"), ("R23", "E"), ("R01", "I"), ("R02", "I")]
    assert [one.rule for one in blocking(found)] == ["R07", "R23"]


def test_a_message_stands_alone_and_can_lose_the_name_of_its_sheet():
    (found,) = findings_of(change_set(draft(title=""), plan=PlanRules(2022, off=frozenset({"R02"}))))
    assert found == Finding(
        "R23",
        "E",
        "FINANZIARIO n° 1: manca il titolo dell'obiettivo.",
        "Scrivere il titolo.",
        sheet=101,
        place="title",
        sector=1,
        about="FINANZIARIO n° 1",
    )
    assert (found.sentence, found.grade, found.anchor) == ("Manca il titolo dell'obiettivo.", "Da correggere", "title")


def test_a_sound_change_only_tells_its_effects():
    sound = adoption(act=act(days={"immediately_enforceable": True}, immediate_for=5, immediate_reason="Scadenze."))
    assert [(one.rule, one.severity, one.message) for one in findings_of(sound)] == [
        ("R02", "I", "FINANZIARIO: nessun effetto sui pesi."),
        ("R17", "I", "In vigore dal 20 settembre 2022, giorno della seduta, perché immediatamente eseguibile."),
    ]
