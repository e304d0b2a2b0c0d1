"""Acts on record: their number stands once, their dates in order, and what is registered stands as adopted."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from deliberations.guards import MESSAGE
from deliberations.models import Attendance, Citation, Deliberation, ImmutableError, Opinion
from tests.factories import load, make_proposal, written_act, written_sheet
from tests.raw_sql import refused

SESSION = dt.date(2022, 10, 18)
LATER = dt.date(2023, 2, 6)


@pytest.fixture
def act(caluso):
    """A registered act with a row of each kind, not yet published."""
    return load(
        written_act(
            100,
            "2022-10-18",
            written_sheet(1, "MODIFICATO"),
            cites=[(8, "2022-02-07")],
            members=[{"name": "Maria Rosa CENA", "office": "Sindaco", "present": True}],
            opinions=[{"kind": "TECNICA", "outcome": "FAVOREVOLE", "signer": "Ezio IVALDI", "date": "2022-10-18"}],
            immediately_enforceable=False,
        ),
        caluso,
    ).act


@pytest.fixture
def stub(act):
    """GC 8/2022, known only because `act` cites it."""
    return Deliberation.objects.get(number=8)


CONSTRAINTS = {
    "same number": (
        {"number": 100, "year": 2022},
        "C'è già una deliberazione di questo organo con questo numero e anno.",
    ),
    "no number": (
        {"registered_at": timezone.now()},
        "Per registrare l'atto servono numero, anno e data della seduta.",
    ),
    "number 0": (
        {"registered_at": timezone.now(), "number": 0, "year": 2022},
        "Per registrare l'atto servono numero, anno e data della seduta.",
    ),
    "no session": (
        {"registered_at": timezone.now(), "number": 7, "year": 2022, "session_on": None},
        "Per registrare l'atto servono numero, anno e data della seduta.",
    ),
    "published before": (
        {"published_on": dt.date(2022, 10, 17)},
        "La pubblicazione non può precedere la seduta (R14).",
    ),
    "enforceable before": (
        {"published_on": LATER, "enforceable_on": dt.date(2023, 2, 5)},
        "L'esecutività non può precedere la pubblicazione (R14).",
    ),
    "effect before": (
        {"in_force_from": dt.date(2022, 10, 17)},
        "Un atto non può avere effetto prima della seduta (R14, R17).",
    ),
}


@pytest.mark.parametrize(("facts", "sentence"), CONSTRAINTS.values(), ids=CONSTRAINTS)
def test_a_constraint_speaks_italian_and_holds_in_the_database(act, facts, sentence):
    wrong = Deliberation(**{"entity": act.entity, "session_on": SESSION, "subject": "x", **facts})
    with pytest.raises(ValidationError) as refusal:
        wrong.full_clean()
    assert refusal.value.messages == [sentence]
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_all_on_the_same_day_is_in_order(caluso):
    make_proposal(caluso, published_on=SESSION, enforceable_on=SESSION, in_force_from=SESSION).full_clean()


def test_an_immediately_enforceable_act_may_take_effect_before_it_is_published(caluso):
    make_proposal(
        caluso, immediately_enforceable=True, published_on=LATER, enforceable_on=SESSION, in_force_from=SESSION
    ).full_clean()


def test_two_entities_two_bodies_and_two_years_number_their_acts_apart(act, esempio):
    for facts in ({"entity": esempio}, {"body": "Consiglio Comunale"}, {"year": 2023}):
        make_proposal(**{"entity": act.entity, "number": 100, "year": 2022, "registered_at": timezone.now(), **facts})
    assert Deliberation.objects.filter(number=100).count() == 4


def test_proposals_without_number_stand_side_by_side(caluso):
    first, second = make_proposal(caluso), make_proposal(caluso)
    assert [first.short, second.short] == [f"Proposta {first.pk}", f"Proposta {second.pk}"]


def test_a_person_gives_one_opinion_of_a_kind(caluso):
    proposal = make_proposal(caluso)
    Opinion(deliberation=proposal, position=1, kind="TECNICA", outcome="FAVOREVOLE").save()
    again = Opinion(deliberation=proposal, position=2, kind="TECNICA", outcome="CONTRARIO")
    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    assert refusal.value.messages == ["C'è già un parere di questo tipo."]
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_an_act_cites_another_once(act, stub, caluso):
    proposal = make_proposal(caluso)
    Citation(deliberation=proposal, cited=stub, position=1).save()
    again = Citation(deliberation=proposal, cited=stub, position=2)
    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    assert refusal.value.messages == ["Questo atto è già citato."]
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.parametrize(
    ("body", "short", "slug"),
    [
        ("Giunta Comunale", "GC 100/2022", "gc-100-2022"),
        ("Consiglio Comunale", "CC 100/2022", "cc-100-2022"),
        ("Commissario", "Commissario 100/2022", "commissario-100-2022"),
    ],
)
def test_an_act_is_called_as_offices_call_it(body, short, slug):
    act = Deliberation(body=body, number=100, year=2022)
    assert (act.short, act.slug) == (short, slug)


# ---- What is registered stands (R08) ---------------------------------------------------------------------------------

CHANGES = {
    "entity_id": "entity_id + 1",
    "body": "'Consiglio Comunale'",
    "number": "101",
    "year": "2023",
    "session_on": "'2022-10-19'",
    "session_time": "'18:00'",
    "subject": "'Altro'",
    "secretary": "'Altro'",
    "proposer": "'Altro'",
    "vote": "'CONTRARIA'",
    "immediately_enforceable": "NOT immediately_enforceable",
    "immediate_reason": "'Urgenza'",
    "on_file": "NOT on_file",
    "registered_at": "NULL",
}


def test_no_program_changes_what_a_registered_act_says(act):
    update = "UPDATE deliberations_deliberation SET {} = {} WHERE id = " + str(act.pk)
    answers = {column: refused(update.format(column, value)) for column, value in CHANGES.items()}
    assert answers == dict.fromkeys(CHANGES, MESSAGE)


def test_a_registered_act_is_not_changed_through_django(act):
    act.subject = "Altro"
    with pytest.raises(ImmutableError, match=MESSAGE):
        act.save()


def test_saving_it_unchanged_is_no_change(act):
    act.refresh_from_db()
    act.save()


def test_a_date_that_comes_later_is_entered_once(act):
    act.published_on = LATER
    act.publication_days = 15
    act.in_force_from = dt.date(2023, 2, 17)
    act.save()
    act.enforceable_note = "Come da certificato."
    act.save()
    act.published_on = dt.date(2023, 2, 7)
    with pytest.raises(ImmutableError, match=MESSAGE):
        act.save()
    for column in ("enforceable_note", "counting"):
        assert refused(f"UPDATE deliberations_deliberation SET {column} = '' WHERE id = {act.pk}") == MESSAGE
    for column in ("published_on", "publication_days", "in_force_from"):
        assert refused(f"UPDATE deliberations_deliberation SET {column} = NULL WHERE id = {act.pk}") == MESSAGE


@pytest.mark.parametrize("act_name", ["act", "stub"])
def test_a_registered_act_is_never_deleted(request, act_name):
    one = request.getfixturevalue(act_name)
    with pytest.raises(ImmutableError, match=rf"^{one.short} è registrata e non si cancella\.$"):
        one.delete()
    with pytest.raises(ImmutableError, match=r"^Una deliberazione registrata non si cancella\.$"):
        Deliberation.objects.filter(pk=one.pk).delete()
    assert refused(f"DELETE FROM deliberations_deliberation WHERE id = {one.pk}") == MESSAGE


def test_no_cascade_takes_an_act_away(act):
    with pytest.raises(ProtectedError):
        act.entity.delete()


@pytest.mark.parametrize("row_name", ["attendances", "opinions", "citations"])
def test_the_rows_of_a_registered_act_stand(act, row_name):
    row = getattr(act, row_name).get()
    table = row._meta.db_table
    for write in (row.save, row.delete, getattr(act, row_name).all().delete):
        with pytest.raises(ImmutableError, match=r"^Una deliberazione registrata non si cambia"):
            write()
    assert refused(f"UPDATE {table} SET position = 9") == MESSAGE
    assert refused(f"DELETE FROM {table}") == MESSAGE


def test_no_row_is_added_to_a_registered_act(act):
    late = Attendance(deliberation=act, position=2, name="Nuovo", present=True)
    with pytest.raises(ImmutableError):
        late.save()
    names = "(deliberation_id, position, name, office, present)"
    insert = f"INSERT INTO deliberations_attendance {names} VALUES ({act.pk}, 2, 'Nuovo', '', TRUE)"
    assert refused(insert) == MESSAGE


def test_no_row_moves_into_a_registered_act(act, caluso):
    proposal = make_proposal(caluso)
    Attendance(deliberation=proposal, position=1, name="Nuovo", present=True).save()
    move = f"UPDATE deliberations_attendance SET deliberation_id = {act.pk} WHERE deliberation_id = {proposal.pk}"
    assert refused(move) == MESSAGE


def test_a_proposal_is_changed_and_deleted_with_its_rows(caluso):
    proposal = make_proposal(caluso)
    row = Attendance(deliberation=proposal, position=1, name="Nuovo", present=True)
    row.save()
    row.present = False
    row.save()
    proposal.subject = "Altro"
    proposal.save()
    assert proposal.delete()[0] == 2


def test_an_act_not_on_file_may_be_filled(stub):
    stub.subject, stub.secretary, stub.on_file = "Piano della Performance", "Ezio IVALDI", True
    stub.save()
    assert refused(f"UPDATE deliberations_deliberation SET subject = 'Altro' WHERE id = {stub.pk}") == MESSAGE


def test_an_act_not_on_file_stays_the_act_it_is(stub):
    moves = ["number = 9", "year = 2021", "body = 'CC'", "registered_at = NULL"]
    update = "UPDATE deliberations_deliberation SET {} WHERE id = " + str(stub.pk)
    assert {move: refused(update.format(move)) for move in moves} == dict.fromkeys(moves, MESSAGE)


# ---- Which acts count ------------------------------------------------------------------------------------------------


@pytest.fixture
def year(caluso):
    """Four acts: two of one session, one waiting for its publication, and a proposal."""
    make_proposal(caluso)
    load(written_act(8, "2022-02-07", written_sheet(1)), caluso)
    load(written_act(31, "2022-05-03", written_sheet(2)), caluso)
    load(written_act(30, "2022-05-03", written_sheet(3)), caluso)
    load(written_act(90, "2022-09-20", written_sheet(4), immediately_enforceable=False), caluso)
    return caluso.deliberations


def numbers(acts):
    return [act.number for act in acts.in_order()]


def test_a_proposal_is_not_yet_an_act(year):
    assert numbers(year.registered()) == [8, 30, 31, 90]


@pytest.mark.parametrize(("number", "earlier"), [(8, [8]), (30, [8, 30]), (31, [8, 30, 31]), (90, [8, 30, 31, 90])])
def test_up_to_an_act_are_those_adopted_before_it_whatever_their_effect(year, number, earlier):
    assert numbers(year.up_to(year.get(number=number))) == earlier


@pytest.mark.parametrize(
    ("day", "in_force"),
    [("2022-02-06", []), ("2022-02-07", [8]), ("2022-05-03", [8, 30, 31]), ("2099-12-31", [8, 30, 31])],
)
def test_an_act_counts_from_the_day_it_has_effect(year, day, in_force):
    assert numbers(year.in_force_on(dt.date.fromisoformat(day))) == in_force


def test_acts_of_another_entity_never_count(year, esempio):
    other = {**written_act(7, "2022-01-03", written_sheet(1)), "entity": "Comune di Esempio"}
    load(other, esempio)
    assert numbers(year.up_to(year.get(number=8))) == [8]
