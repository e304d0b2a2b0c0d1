"""The real act, GC 100/2022, as a change set: what the rules would have said to who prepared it."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest

from deliberations.calendar import ActDays
from objectives.rules import ActFacts, EarlierAct, OpinionGiven, Proposed, Stage, findings_of
from objectives.sheet_rows import is_multi_year
from objectives.snapshots import PhaseLine, Snapshot
from tests.acts import real_data
from tests.rules import change_set, indicator

GC8 = EarlierAct(8, "GC 8/2022", on_file=False)
SECTORS = {"FINANZIARIO": 1}


def text_of(number, written):
    """A sheet of the act as the archive would hold it; nothing of its earlier text but of the removed one."""
    name = written["sector"].removeprefix("SETTORE ")
    return Snapshot(
        sheet=100 + number,
        objective=number,
        sector=SECTORS.setdefault(name, len(SECTORS) + 1),
        sector_name=name,
        number=written["number"],
        weight=Decimal(str(written["weight"])),
        title=written["title"],
        description=written["description"],
        change=written["change"],
        multi_year=is_multi_year(written, 2022),
        base=None if written["change"] == "INSERITO" else number,
        phases=tuple(PhaseLine(f"f{row['slot']}", row["slot"], row["text"]) for row in written["phases"]),
        indicators=tuple(
            indicator(row["expected"], row["text"], key=f"i{place}", family=row["family"])
            for place, row in enumerate(written["indicators"], 1)
        ),
    )


def proposed_sheet(number, written):
    after = text_of(number, written)
    if after.change == "INSERITO":
        return Proposed(after)
    known = {"sheet": number, "base": None, "change": "INSERITO"}
    before = {**known, "on_file": True} if after.change == "ELIMINATO" else {**known, "on_file": False, "weight": None}
    return Proposed(after, Snapshot(**{**_fields(after), **before}), GC8)


def _fields(sheet):
    return {name: getattr(sheet, name) for name in sheet.__slots__}


@pytest.fixture(scope="module")
def found():
    """What the rules say of the act on the day of its registration, with the dates that its certificates carry."""
    sheets = [proposed_sheet(number, written) for number, written in enumerate(real_data()["sheets"], 1)]
    facts = ActFacts(
        opinions=(
            OpinionGiven("TECNICA", "FAVOREVOLE", dt.date(2022, 10, 18)),
            OpinionGiven("CONTABILE", "NON_NECESSARIO"),
        ),
        cited=frozenset({8}),
        plan_acts=frozenset({8}),
        present=(True,) * 4 + (False,),
        votes_for=4,
        immediate_for=4,
        immediate_reason="Stante l'urgenza di provvedere.",
        group_leaders_informed_on=dt.date(2023, 2, 6),
        days=ActDays(
            session_on=dt.date(2022, 10, 18),
            immediately_enforceable=True,
            published_on=dt.date(2023, 2, 6),
            certified_on=dt.date(2023, 2, 17),
        ),
    )
    return findings_of(change_set(*sheets, act=facts, stage=Stage.ADOPT, day=dt.date(2022, 10, 18), complete=False))


def messages(found, rule):
    return [one.message for one in found if one.rule == rule]


def test_how_many_things_there_are_to_say(found):
    assert Counter((one.severity, one.rule) for one in found) == {
        ("E", "R07"): 26,  # the act gives its reasons for all sheets together
        ("W", "R01"): 6,
        ("W", "R19"): 1,
        ("W", "R25"): 9,
        ("W", "R26"): 16,
        ("W", "R27"): 4,
        ("W", "R28"): 1,
        ("I", "R02"): 6,
        ("I", "R06"): 11,
        ("I", "R07"): 1,
        ("I", "R16"): 1,
        ("I", "R17"): 1,
    }


def test_the_attached_sheets_of_fin_are_65(found):
    assert messages(found, "R01")[0] == (
        "FINANZIARIO: peso noto 65 su 100: il resto non è in archivio nel piano che risulta."
    )


def test_what_fin_removes_it_inserts(found):
    assert messages(found, "R02")[0] == (
        "FINANZIARIO: effetto sui pesi −25 +25 = 0, senza 2 schede il cui peso non è noto."
    )
    of_others = {message.partition(": ")[2] for message in messages(found, "R02")[1:]}
    assert of_others == {"effetto sui pesi non noto: il peso manca, nella scheda o nel testo precedente."}


def test_four_targets_were_past_on_the_day_of_the_session(found):
    """Lines 297, 298, 615 and 616."""
    assert [message.partition(": ")[2] for message in messages(found, "R27")] == [
        "il termine 28/02/2022 dell'indicatore «Presentazione progetto a GC e Segretario» è già passato.",
        "il termine 30/04/2022 dell'indicatore «Affidamento del servizio» è già passato.",
        "il termine 15-mar dell'indicatore «approvazione piano presentato all'Amministrazione» è già passato.",
        "il termine 31-mag dell'indicatore «sistemazione 10 panchine» è già passato.",
    ]


def test_every_sheet_with_a_target_of_2023_says_that_it_is_multi_year(found):
    assert [message for message in messages(found, "R26") if "pluriennale" in message] == []


def test_the_act_comes_after_the_cut_off_and_is_published_late(found):
    assert messages(found, "R28") == ["La modifica arriva dopo il 30/09, il termine per modificare il piano."]
    assert messages(found, "R19") == ["La pubblicazione è avvenuta 111 giorni dopo la seduta, oltre i 30 d'uso."]


def test_the_removed_and_the_new_sheet_of_fin_could_be_linked(found):
    assert "FINANZIARIO n° 2: ha il numero di una scheda eliminata: se la sostituisce, il collegamento lo dice." in (
        messages(found, "R07")
    )
