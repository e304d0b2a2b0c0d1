"""Who hears of which hand-over by e-mail, and in which words."""

import pytest

from objectives.choices import PassageKind
from objectives.draft_content import DraftContent
from objectives.notifying import proposal_moved
from objectives.workflow import amend, approve, edit, propose, send_back, submit, take_back, withdraw
from organisation.models import Notice, Sector
from tests.factories import make_sector
from tests.this_year import YEAR, approved_plan, first_act, rewritten, sheet_of

pytestmark = pytest.mark.django_db
NAME = "FINANZIARIO n° 1"
DESCRIBED = f"{NAME} «Sportello digitale» (MODIFICATO, piano {YEAR})"


@pytest.fixture(autouse=True)
def _reachable(ufficio, responsabile, segretario, nucleo, lettura, amministratore, estraneo):
    """Everybody has an e-mail address, also who is everything in another entity."""
    for person in (ufficio, responsabile, segretario, nucleo, lettura, amministratore, estraneo):
        person.email = f"{person.username}@esempio.invalid"
        person.save()


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 and n° 2, in force."""
    return approved_plan(caluso)


@pytest.fixture
def change(plan, ufficio):
    """A change of n° 1, ready to be sent."""
    return rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)


@pytest.fixture
def sent(change, responsabile):
    """The same, sent; who hears of it is told apart."""
    return submit(change, by=responsabile)


def heard(after=0):
    """The notices written since, as (to whom, subject)."""
    return [(notice.to.username, notice.subject) for notice in Notice.objects.filter(pk__gt=after)]


def last():
    newest = Notice.objects.order_by("-pk").first()
    return newest.pk if newest else 0


def test_nobody_hears_of_a_draft(change):
    assert heard() == []


def test_of_what_is_sent_the_segretario_hears(change, responsabile):
    submit(change, by=responsabile, note="Come d'accordo.")
    assert heard() == [("segretario", f"{NAME}: da approvare")]
    notice = Notice.objects.get()
    assert (notice.path, notice.body) == (
        f"/caluso/bozze/{change.pk}/",
        f"Responsabile Rossi ha inviato la scheda {DESCRIBED}.\n\nNota: Come d'accordo.\n\n"
        "Che cosa fare: leggerla e approvarla, oppure rinviarla con una nota.",
    )


def test_who_works_in_another_settore_by_now_does_not_hear_of_the_draft(sent, ufficio, caluso, segretario):
    ufficio.memberships.get().sectors.add(make_sector(caluso, "TECNICO"))
    before = last()
    send_back(sent, by=segretario, note="Il titolo è vago.")
    assert [name for name, _ in heard(before)] == ["responsabile"]


def test_of_what_is_sent_back_or_approved_those_hear_who_wrote_and_sent_it(sent, segretario, responsabile):
    before = last()
    send_back(sent, by=segretario, note="Il titolo è vago.")
    assert heard(before) == [
        ("responsabile", f"{NAME}: rinviata con una nota"),
        ("ufficio", f"{NAME}: rinviata con una nota"),
    ]
    assert "Nota: Il titolo è vago." in Notice.objects.latest("pk").body
    before = last()
    approve(submit(sent, by=responsabile), by=segretario)
    assert heard(before) == [
        ("segretario", f"{NAME}: da approvare"),
        ("responsabile", f"{NAME}: approvata"),
        ("ufficio", f"{NAME}: approvata"),
    ]


def test_of_what_is_taken_back_the_segretario_hears(sent, responsabile):
    before = last()
    take_back(sent, by=responsabile)
    assert heard(before) == [("segretario", f"{NAME}: invio ritirato")]


def test_of_an_edit_after_sending_the_others_hear(sent, ufficio):
    before = last()
    edit(sent, DraftContent({"title": "Un altro"}), by=ufficio)
    assert heard(before) == [
        ("responsabile", f"{NAME}: di nuovo in bozza"),
        ("segretario", f"{NAME}: di nuovo in bozza"),
    ]


def test_of_a_withdrawal_those_hear_who_wrote_it_and_are_led_to_the_list(change, responsabile):
    withdraw(change, by=responsabile)
    assert heard() == [("ufficio", f"{NAME}: bozza ritirata")]
    assert Notice.objects.get().path == "/caluso/bozze/"


def test_who_has_no_role_any_more_hears_nothing(sent, ufficio, segretario):
    before = last()
    ufficio.memberships.get().delete()
    send_back(sent, by=segretario, note="Da rivedere.")
    assert [who for who, _ in heard(before)] == ["responsabile"]


def test_of_a_proposal_nobody_hears(plan, sent, segretario):
    approve(sent, by=segretario)
    before = last()
    propose(plan, [sent], by=segretario)
    assert heard(before) == []


def test_of_an_act_all_concerned_hear_once(plan, caluso, responsabile, ufficio, segretario, make_person):
    ufficio.memberships.get().sectors.set([make_sector(caluso, "TECNICO")])
    responsabile.memberships.get().sectors.set([Sector.objects.get(name="FINANZIARIO")])
    act = first_act(plan)
    proposal_moved(act, PassageKind.ADOTTATA, segretario)
    assert heard() == [(who, f"GC 8/{YEAR}: schede adottate") for who in ("nucleo", "responsabile")]
    notice = Notice.objects.first()
    assert (notice.path, notice.body) == (
        f"/caluso/atti/gc-8-{YEAR}/",
        f"È registrata la deliberazione GC 8/{YEAR} del 01/01/{YEAR}. In vigore dal 01/01/{YEAR}.\n\nSchede adottate:\n"
        "- FINANZIARIO n° 1 (INSERITO): Obiettivo 1\n- FINANZIARIO n° 2 (INSERITO): Obiettivo 2",
    )
