"""The responsabile confirms the settore when nothing is missing, and takes the confirmation back with a note."""

import pytest

from evaluations.choices import RoundStep
from evaluations.rounds import Incomplete, confirm, enter, take_back
from evaluations.rounds.confirming import state_now
from objectives.workflow import Refused, Stale
from organisation.models import Notice
from organisation.roles import Role
from tests.factories import load, make_sector, written_act
from tests.results import analysis, complete, progress, result
from tests.this_year import YEAR, full_sheet, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def technical(plan, of_finanziario, altrove):
    """TECNICO n° 1: a day and a count, two phases."""
    return sheet_of(plan, 1, "TECNICO")


def refusal(deed, *args, **kwargs):
    """The sentence with which a deed is refused."""
    with pytest.raises(Refused) as refused:
        deed(*args, **kwargs)
    return str(refused.value)


def missing(verification, sector, by):
    """What keeps a settore from being confirmed."""
    with pytest.raises(Incomplete) as incomplete:
        confirm(verification, sector, by=by)
    return incomplete.value.missing


def test_confirmed_by_the_responsabile_when_all_is_there(open_one, technical, tecnico, altrove):
    complete(open_one, technical, altrove)
    review = confirm(open_one, tecnico, by=altrove, note="Controllato.")
    passage = open_one.passages.last()
    assert (review.confirmed_by, review.confirmed_at is None) == (altrove, False)
    assert (passage.kind, passage.sector, passage.note) == (RoundStep.CONFERMATA, tecnico, "Controllato.")
    assert refusal(confirm, open_one, tecnico, by=altrove) == (
        "I risultati di TECNICO sono già confermati da Altrove Rossi."
    )


def test_only_the_responsabile_of_the_settore_confirms(open_one, technical, tecnico, ufficio, responsabile, segretario):
    assert refusal(confirm, open_one, tecnico, by=responsabile) == (
        "Il settore TECNICO non è tra i suoi: lo può fare chi vi lavora."
    )
    for person in (ufficio, segretario):
        assert refusal(confirm, open_one, tecnico, by=person).startswith("Il suo ruolo non permette di confermare")


def test_what_is_missing_is_said_sheet_by_sheet(open_one, technical, tecnico, altrove):
    def starts(said):
        return [words.split(":")[0] for words in said]

    assert starts(missing(open_one, tecnico, altrove)) == [
        "TECNICO n° 1 — Avvio del servizio",
        "TECNICO n° 1 — Fase «Avvio»",
        "TECNICO n° 1 — Fase «Verifica»",
    ]
    enter(open_one, [progress(technical, 0, "100"), progress(technical, 1, "0")], by=altrove)
    enter(open_one, [result(technical, 0, not_applicable="on", not_applicable_note="Servizio ceduto")], by=altrove)
    enter(open_one, [result(technical, 1, achieved="1")], by=altrove)
    assert missing(open_one, tecnico, altrove) == [
        "TECNICO n° 1 — Un risultato è sotto l'atteso: nell'analisi degli scostamenti mancano cause, effetti, "
        "provvedimenti correttivi (R30)."
    ]
    enter(open_one, [analysis(technical, to_take="")], by=altrove)
    assert confirm(open_one, tecnico, by=altrove).confirmed_by == altrove


def test_what_changed_since_it_was_read_is_read_again(open_one, technical, tecnico, altrove, caluso):
    """A value that another person saved, and a text that an act brought in, though nothing is missing."""
    complete(open_one, technical, altrove)
    read = state_now(open_one, tecnico)
    enter(open_one, [progress(technical, 0, "90", row_version=1)], by=altrove)
    with pytest.raises(Stale, match=r"^I risultati, o le schede che misurano, sono cambiati"):
        confirm(open_one, tecnico, by=altrove, seen=read)
    again = state_now(open_one, tecnico)
    changed = full_sheet(1, weight=100, sector="TECNICO", change="MODIFICATO", title="Altro titolo")
    act = written_act(9, f"{YEAR}-01-01", changed, cites=[(8, f"{YEAR}-01-01")])
    load({**act, "plan": {"year": YEAR, "triennium": None}}, caluso)
    with pytest.raises(Stale):
        confirm(open_one, tecnico, by=altrove, seen=again)
    assert confirm(open_one, tecnico, by=altrove, seen=state_now(open_one, tecnico)).confirmed_by


def test_a_settore_without_sheets_on_that_day_has_nothing_to_confirm(open_one, make_person, caluso, esempio):
    person = make_person("nuovo", (caluso, Role.RESPONSABILE))
    for sector in (make_sector(caluso, "NUOVO"), make_sector(esempio, "TECNICO")):
        assert refusal(confirm, open_one, sector, by=person).endswith("non c'è niente da confermare.")


def test_taken_back_by_the_responsabile_or_the_segretario_with_a_note(
    open_one, technical, tecnico, responsabile, altrove, segretario
):
    complete(open_one, technical, altrove)
    for person in (altrove, segretario):
        confirm(open_one, tecnico, by=altrove)
        assert refusal(take_back, open_one, tecnico, by=responsabile, note="?").startswith("Il settore TECNICO non è")
        assert refusal(take_back, open_one, tecnico, by=person, note=" ").startswith("Per togliere la conferma")
        assert take_back(open_one, tecnico, by=person, note="Manca una prova.").confirmed_by is None
        assert (open_one.passages.last().kind, open_one.passages.last().by) == (RoundStep.RIPRESA, person)
    assert refusal(take_back, open_one, tecnico, by=segretario, note="Ancora.") == (
        "I risultati di TECNICO non sono confermati: non c'è niente da togliere."
    )


def test_the_segretario_hears_when_the_last_settore_has_confirmed(
    open_one, plan, technical, sheet, every_kind, tecnico, finanziario, responsabile, altrove, ufficio, segretario
):
    segretario.email = "segretario@comune.esempio.it"
    segretario.save()
    complete(open_one, technical, altrove)
    for one in (sheet, every_kind):
        complete(open_one, one, ufficio)
    confirm(open_one, tecnico, by=altrove)
    assert Notice.objects.count() == 0
    confirm(open_one, finanziario, by=responsabile)
    assert Notice.objects.get().subject == f"Verifica intermedia {YEAR}: tutti i settori hanno confermato"
