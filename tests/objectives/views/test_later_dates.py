"""The later dates of an act in the browser: publication, capigruppo, enforceability."""

import datetime as dt

import pytest

from deliberations.models import Deliberation
from objectives.models import Acknowledgement
from objectives.workflow import adopt
from tests.pages import text, texts, with_class
from tests.sessions import SESSION, TODAY
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db

MESSAGES = "//main" + with_class("alert", "div")
DATES = f"/caluso/atti/gc-100-{YEAR}/date/"


@pytest.fixture
def visit(signed_in, segretario):
    """The Segretario."""
    return signed_in(segretario)


@pytest.fixture
def atto(pronta, segretario):
    """GC 100, adopted today; its later dates are not known."""
    return adopt(pronta, SESSION, by=segretario)


def test_later_dates_are_entered_once(visit, atto):
    assert text(visit.get(f"/caluso/atti/{atto.slug}/"), f"//a[@href='{DATES}']") == "Completa le date"
    published = TODAY + dt.timedelta(days=2)
    told = {"published_on": published.isoformat(), "group_leaders_informed_on": published.isoformat()}
    visit.post(DATES, {**told, "publication_days": "15"})
    atto.refresh_from_db()
    assert (atto.published_on, atto.publication_days, atto.in_force_from) == (published, 15, TODAY)
    left = visit.get(DATES)
    assert texts(left, "//main//form//*[self::input or self::textarea][not(@type='hidden')]/@name") == [
        "enforceable_on", "enforceable_note",
    ]  # fmt: skip
    assert visit.post(DATES, {"published_on": TODAY.isoformat()}).status_code == 422
    atto.refresh_from_db()
    assert (atto.published_on, atto.group_leaders_informed_on) == (published, published)


def test_what_the_rules_warn_of_in_the_later_dates_wants_a_note_which_stays(visit, atto, segretario):
    """Published late (R19), and the capigruppo not informed on that day (R18; TUEL 125)."""
    sent = {"published_on": (TODAY + dt.timedelta(days=40)).isoformat(), "publication_days": "15"}
    asked = visit.post(DATES, sent)
    assert (asked.status_code, Deliberation.objects.get(pk=atto.pk).published_on) == (422, None)
    assert [finding.split()[1] for finding in texts(asked, "//main" + with_class("rule-findings") + "/li")] == [
        "R18", "R19",
    ]  # fmt: skip
    assert texts(asked, "//label[@for='id_nota']") == ["Perché si procede"]
    visit.post(DATES, {**sent, "nota": "L'albo era fermo."})
    assert Deliberation.objects.get(pk=atto.pk).published_on == TODAY + dt.timedelta(days=40)
    kept = Acknowledgement.objects.filter(deliberation=atto).values_list("rule", "note", "by")
    assert list(kept) == [("R18", "L'albo era fermo.", segretario.pk), ("R19", "L'albo era fermo.", segretario.pk)]
    shown = texts(visit.get(f"/caluso/atti/{atto.slug}/"), "//main" + with_class("words", "details") + "//li")
    assert [note.split()[0] for note in shown] == ["R18", "R19"]


def test_a_certified_day_that_is_not_the_computed_one_wants_its_reason(visit, atto):
    sent = {"published_on": TODAY.isoformat(), "publication_days": "15"}
    sent["enforceable_on"] = (TODAY + dt.timedelta(days=12)).isoformat()
    refused = visit.post(DATES, sent)
    (sentence,) = texts(refused, with_class("wrong"))
    assert sentence.startswith("Dal calcolo sarebbe esecutiva d")
    assert sentence.endswith("scrivere perché la data è un'altra (R15).")
    sent["group_leaders_informed_on"] = sent["published_on"]
    visit.post(DATES, {**sent, "enforceable_note": "Il dodicesimo giorno era festivo."})
    atto.refresh_from_db()
    assert (atto.enforceable_on, atto.enforceable_note) == (
        TODAY + dt.timedelta(days=12), "Il dodicesimo giorno era festivo.",
    )  # fmt: skip


WRONG_DATES = [
    ({}, "Non è stata scritta nessuna data: indicarne almeno una."),
    ({"publication_days": "15"}, "Non è stata scritta nessuna data: indicarne almeno una."),
    (
        {"published_on": f"{YEAR - 1}-12-01"},
        "Queste date non si possono registrare: correggere quanto segue.",
    ),
    ({"published_on": "domani"}, "Questo giorno non esiste: scriverlo come 31/10/2022."),
]


def test_a_wrong_date_is_said_and_kept_out(visit, atto):
    answers = [visit.post(DATES, sent) for sent, _ in WRONG_DATES]
    said = [texts(answer, f"{MESSAGES} | {with_class('wrong')}") for answer in answers]
    assert said == [[sentence] for _, sentence in WRONG_DATES]
    assert {answer.status_code for answer in answers} == {422}


def test_only_the_segretario_enters_dates(signed_in, lettura, ufficio, estraneo, atto):
    assert [signed_in(one).get(DATES).status_code for one in (lettura, ufficio, estraneo)] == [403, 403, 404]
    assert signed_in(ufficio).post(DATES, {"published_on": TODAY.isoformat()}).status_code == 403
    assert signed_in(lettura).get(f"/caluso/atti/{atto.slug}/").content.count(DATES.encode()) == 0


def test_the_dates_of_an_act_not_on_file_come_with_its_text(visit, act100):
    shown = visit.get("/caluso/atti/gc-8-2022/date/")
    assert "le sue date arrivano quando lo si importa" in text(shown, MESSAGES)
    assert visit.post("/caluso/atti/gc-8-2022/date/", {"published_on": "2022-02-10"}).status_code == 422
