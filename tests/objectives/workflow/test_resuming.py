"""A withdrawn draft is taken up again as it was, as long as nobody changes the same text meanwhile."""

import pytest

from objectives.draft_content import DraftContent
from objectives.models import Passage, Sheet
from objectives.permissions import standing
from objectives.timeline import chapters
from objectives.workflow import Refused, amend, comment, edit, eliminate, insert, take_up_again, withdraw

pytestmark = pytest.mark.django_db


def content(sheet):
    fields = ("pk", "base_id", "sector_id", "number", "title", "motive", "motive_text", "created_by_id", "state")
    rows = [
        list(getattr(sheet, kind).order_by("position").values_list("key", "position", *names))
        for kind, names in (("phases", ["text", "months"]), ("indicators", ["text", "expected", "target_date"]))
    ]
    return [getattr(sheet, name) for name in fields], rows


def test_it_is_as_it_was_with_its_comments_and_its_path(caluso, change, ufficio, responsabile):
    edit(change, DraftContent(phases=[{"key": row.key, "position": 4} for row in change.phases.all()[:1]]), by=ufficio)
    change.refresh_from_db()
    comment(change, "Da rivedere", by=ufficio)
    before, key = content(change), change.pk
    withdraw(change, by=ufficio)
    again = take_up_again(caluso, key, by=responsabile)
    assert content(Sheet.objects.get(pk=key)) == before
    assert (again.pk, [one.note for one in again.comments.all()]) == (key, ["Da rivedere"])
    said = list(Passage.objects.filter(sheet=key).values_list("kind", "note"))
    assert said == [("AVVIATA", ""), ("RITIRATA", ""), ("AVVIATA", "Recuperata dopo il ritiro.")]
    assert again.history.first().history_change_reason == "Bozza ritirata e recuperata"


def test_the_life_of_the_objective_tells_of_it_once(caluso, change, ufficio):
    for _ in range(2):
        key = change.pk
        withdraw(change, by=ufficio)
        change = take_up_again(caluso, key, by=ufficio)
    told = chapters(change.objective, standing(ufficio, caluso))
    assert [(one.title, len(one.steps)) for one in told][1:] == [("Proposta in corso: bozza", 5)]
    withdraw(change, by=ufficio)
    told = chapters(change.objective, standing(ufficio, caluso))
    assert [one.title for one in told][1:] == ["Proposta ritirata"]


def test_rows_removed_before_the_second_withdrawal_stay_away(caluso, change, ufficio):
    key = change.pk
    withdraw(change, by=ufficio)
    again = take_up_again(caluso, key, by=ufficio)
    edit(again, DraftContent(phases=[]), by=ufficio)
    withdraw(again, by=ufficio)
    assert take_up_again(caluso, key, by=ufficio).phases.count() == 0


def test_a_new_objective_too(caluso, plan, finanziario, ufficio):
    draft = insert(plan, finanziario, by=ufficio)
    key = draft.pk
    withdraw(draft, by=ufficio)
    assert (take_up_again(caluso, key, by=ufficio).change, Sheet.objects.filter(pk=key).count()) == ("INSERITO", 1)


def test_not_while_another_change_is_on_its_way(caluso, change, in_force, ufficio):
    key = change.pk
    withdraw(change, by=ufficio)
    other = amend(in_force, by=ufficio)
    with pytest.raises(Refused, match="c'è già un'altra modifica in corso di Ufficio Rossi"):
        take_up_again(caluso, key, by=ufficio)
    withdraw(other, by=ufficio)
    assert take_up_again(caluso, key, by=ufficio).pk == key


def test_who_comes_second_is_led_to_it(caluso, change, ufficio):
    key = change.pk
    for known in (None, change):
        with pytest.raises(Refused, match="non è tra quelle ritirate") as refusal:
            take_up_again(caluso, key if known else 0, by=ufficio)
        assert refusal.value.sheet == known


def test_only_who_drafts_in_its_settore(caluso, esempio, change, altrove, segretario, lettura, ufficio):
    key = change.pk
    withdraw(change, by=ufficio)
    for person in (altrove, segretario, lettura):
        with pytest.raises(Refused):
            take_up_again(caluso, key, by=person)
    with pytest.raises(Refused):
        take_up_again(esempio, key, by=ufficio)


def test_not_into_a_settore_that_is_closed(caluso, change, finanziario, ufficio):
    key = change.pk
    withdraw(change, by=ufficio)
    finanziario.active = False
    finanziario.save()
    with pytest.raises(Refused, match="FINANZIARIO non è più attivo"):
        take_up_again(caluso, key, by=ufficio)


def test_what_it_took_the_place_of_may_be_gone(caluso, plan, finanziario, in_force, ufficio):
    gone, draft = eliminate(in_force, by=ufficio), insert(plan, finanziario, by=ufficio)
    draft = edit(draft, DraftContent({"substitutes": gone}), by=ufficio)
    key = draft.pk
    withdraw(draft, by=ufficio)
    withdraw(gone, by=ufficio)
    assert take_up_again(caluso, key, by=ufficio).substitutes is None
