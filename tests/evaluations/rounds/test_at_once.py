"""Two people at one moment of a verification: the second finds what the first one did, and hears of it in a sentence.

On PostgreSQL they really meet; the SQLite of the tests does one after the other.
"""

import pytest
from django.db import connection

from documents.models import Document
from evaluations.choices import RoundStep
from evaluations.models import EvidenceFile, PhaseProgress, Result, Round, SectorReview
from evaluations.rounds import (
    Incomplete,
    StaleRows,
    attach,
    close,
    confirm,
    enter,
    open_round,
    reopen,
    take_back,
)
from evaluations.rounds.confirming import state_now
from objectives.workflow import Refused, Stale, adopt, amend, approve, propose, submit
from organisation.roles import Role
from tests.at_once import at_once, before_it_commits, committed
from tests.results import ON, complete, confirm_all, progress, result, upload
from tests.sessions import SESSION, with_opinions
from tests.this_year import rewritten, sheet_of

if connection.vendor == "postgresql":
    db = committed


@pytest.fixture
def technical(plan):
    """TECNICO n° 1: a day and a count, two phases."""
    return sheet_of(plan, 1, "TECNICO")


@pytest.fixture
def confirmed(open_one, responsabile):
    """The verification with all results entered, confirmed by all settori."""
    confirm_all(open_one, responsabile)
    return open_one


@pytest.fixture
def vice(make_person, caluso):
    """A second Segretario."""
    return make_person("vice", (caluso, Role.SEGRETARIO))


def one_of(outcomes, kind=Refused):
    """What the one who did it has of it, and the refusal that the other heard."""
    refusals = [one for one in outcomes if isinstance(one, Exception)]
    assert [type(one) for one in refusals] == [kind], outcomes
    (done,) = [one for one in outcomes if not isinstance(one, Exception)]
    return done, refusals[0]


@pytest.mark.parametrize("meet", [at_once, before_it_commits])
def test_two_save_one_row(meet, open_one, technical, ufficio, responsabile):
    """One value is stored; the other person hears of it with the row as it is."""
    (row,), stale = one_of(
        meet(
            lambda: enter(open_one, [result(technical, 1, achieved="2")], by=ufficio),
            lambda: enter(open_one, [result(technical, 1, achieved="3")], by=responsabile),
        ),
        StaleRows,
    )
    assert Result.objects.get().achieved == row.achieved == stale.stored.achieved


def test_two_save_two_rows_of_one_settore(open_one, technical, ufficio, responsabile):
    outcomes = at_once(
        lambda: enter(open_one, [progress(technical, 0, "10")], by=ufficio),
        lambda: enter(open_one, [progress(technical, 1, "20")], by=responsabile),
    )
    assert sorted(row.percent for (row,) in outcomes) == [10, 20]
    assert PhaseProgress.objects.count() == 2


@pytest.mark.parametrize("meet", [at_once, before_it_commits])
def test_one_saves_while_the_responsabile_confirms(meet, open_one, technical, tecnico, ufficio, responsabile):
    """Nothing is confirmed that was not seen: a value cleared first keeps the settore open, one after it is refused."""
    complete(open_one, technical, ufficio)
    saved, review = meet(
        lambda: enter(open_one, [progress(technical, 0, "", row_version=1)], by=ufficio),
        lambda: confirm(open_one, tecnico, by=responsabile),
    )
    stored = PhaseProgress.objects.get(key=technical.phases.all()[0].key).percent
    is_confirmed = SectorReview.objects.get(sector=tecnico).confirmed_at is not None
    assert (stored, is_confirmed) in {(None, False), (100, True)}
    assert isinstance(review, Incomplete) is (stored is None)
    assert isinstance(saved, Refused) is is_confirmed


def test_one_takes_a_settore_back_while_the_segretario_closes(confirmed, tecnico, responsabile, segretario):
    """A closed verification has all its settori confirmed."""
    one_of(
        at_once(
            lambda: take_back(confirmed, tecnico, by=responsabile, note="Manca una prova."),
            lambda: close(confirmed, by=segretario),
        )
    )
    is_closed = Round.objects.get(pk=confirmed.pk).is_closed
    assert SectorReview.objects.filter(confirmed_at=None).exists() is not is_closed


def test_one_saves_while_the_segretario_closes(confirmed, technical, tecnico, ufficio, responsabile, segretario):
    """Who saves in a settore that was taken back keeps the verification open; into a closed one nobody saves."""
    take_back(confirmed, tecnico, by=responsabile, note="Manca una prova.")
    change = [progress(technical, 0, "50", row_version=1)]

    def confirm_and_close():
        confirm(confirmed, tecnico, by=responsabile)
        return close(confirmed, by=segretario)

    saved, closed = at_once(lambda: enter(confirmed, change, by=ufficio), confirm_and_close)
    assert closed.is_closed
    stored = PhaseProgress.objects.get(key=technical.phases.all()[0].key).percent
    assert stored == (100 if isinstance(saved, Refused) else 50)


@pytest.mark.parametrize("deed", [close, reopen])
def test_two_close_or_reopen(deed, confirmed, segretario, vice):
    if deed is reopen:
        close(confirmed, by=segretario)
    one_of(at_once(*(lambda who=who: deed(confirmed, by=who, note="Verbale.") for who in (segretario, vice))))
    step = RoundStep.CHIUSA if deed is close else RoundStep.RIAPERTA
    assert confirmed.passages.filter(kind=step).count() == 1


@pytest.mark.parametrize("meet", [at_once, before_it_commits])
def test_one_attaches_a_file_while_the_segretario_closes(
    meet, confirmed, technical, tecnico, ufficio, responsabile, segretario
):
    """No file comes into a closed verification, nor stays of one that was refused."""
    take_back(confirmed, tecnico, by=responsabile, note="Manca una prova.")

    def confirm_and_close():
        confirm(confirmed, tecnico, by=responsabile)
        return close(confirmed, by=segretario)

    done, attached = meet(
        confirm_and_close, lambda: attach(confirmed, technical.objective_id, None, upload(), "", by=ufficio)
    )
    assert done.is_closed
    kept = EvidenceFile.objects.filter(round=confirmed).count()
    assert (kept, Document.objects.count()) == ((0, 0) if isinstance(attached, Refused) else (1, 1))


def test_two_attach_the_same_file(open_one, technical, ufficio, responsabile):
    one_of(
        at_once(
            *(
                lambda who=who: attach(open_one, technical.objective_id, None, upload(), "", by=who)
                for who in (ufficio, responsabile)
            )
        )
    )
    assert EvidenceFile.objects.count() == 1


@pytest.fixture
def adoption(technical, tecnico, ufficio, responsabile, segretario):
    """Adopts another text of TECNICO n° 1, which has effect at once."""
    draft = rewritten(amend(technical, by=ufficio), ufficio)
    proposal = propose(
        technical.objective.plan, [approve(submit(draft, by=responsabile), by=segretario)], by=segretario
    )
    with_opinions(proposal, segretario)
    return lambda: adopt(proposal, SESSION, by=segretario)


@pytest.mark.parametrize("meet", [at_once, before_it_commits])
@pytest.mark.parametrize("adopts_first", [True, False])
def test_an_act_changes_a_sheet_while_its_settore_is_confirmed(
    adopts_first, meet, of_today, adoption, tecnico, technical, responsabile
):
    """A text that nobody read is never confirmed: the confirmation falls with the act, or comes too late for it."""
    complete(of_today, technical, responsabile)
    read = state_now(of_today, tecnico)

    def confirmation():
        return confirm(of_today, tecnico, by=responsabile, seen=read)

    outcomes = meet(*((adoption, confirmation) if adopts_first else (confirmation, adoption)))
    act, review = outcomes if adopts_first else reversed(outcomes)
    assert act.registered_at
    assert SectorReview.objects.get(round=of_today, sector=tecnico).confirmed_at is None
    taken_back = of_today.passages.filter(kind=RoundStep.RIPRESA, sector=tecnico).exists()
    assert isinstance(review, Stale) is not taken_back


@pytest.mark.parametrize("meet", [at_once, before_it_commits])
@pytest.mark.parametrize("adopts_first", [True, False])
def test_an_act_changes_a_sheet_while_the_segretario_closes(
    adopts_first, meet, of_today, adoption, technical, tecnico, responsabile, segretario
):
    """Closed with the text that was confirmed, or not closed."""
    confirm_all(of_today, responsabile)

    def closing():
        return close(of_today, by=segretario)

    outcomes = meet(*((adoption, closing) if adopts_first else (closing, adoption)))
    act, done = outcomes if adopts_first else reversed(outcomes)
    assert act.registered_at
    if isinstance(done, Refused):
        assert "mancano TECNICO" in str(done)
        assert SectorReview.objects.get(round=of_today, sector=tecnico).confirmed_at is None
    else:
        assert technical.pk in done.outcome["sheets"]


def test_two_open_the_same_verification(plan, segretario, vice):
    one_of(at_once(*(lambda who=who: open_round(plan, "FINALE", on=ON, by=who) for who in (segretario, vice))))
    assert Round.objects.count() == 1
