"""Comments on a draft: by who may see it, while it is on its way; who is named hears of it by e-mail, once."""

import pytest

from objectives.models import Comment, Passage, Sheet
from objectives.permissions import standing, who_sees_drafts
from objectives.workflow import Refused, comment, withdraw
from organisation.models import Notice, User


@pytest.fixture(autouse=True)
def _reachable(ufficio, responsabile, segretario, nucleo, amministratore, lettura, altrove, estraneo):
    """Everybody has an e-mail address."""
    for person in User.objects.all():
        person.email = f"{person.username}@esempio.invalid"
        person.save()


def named(made):
    return sorted(person.username for person in made.mentions.all())


def told():
    return sorted(Notice.objects.values_list("to__username", flat=True))


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "segretario"])
def test_who_sees_the_draft_comments_and_changes_nothing_of_it(request, who, change):
    person, before = request.getfixturevalue(who), Sheet.objects.filter(pk=change.pk).values().get()
    passages = Passage.objects.count()
    made = comment(change, " Il titolo è vago. ", by=person)
    assert (made.sheet, made.note, made.by, named(made), told()) == (change, "Il titolo è vago.", person, [], [])
    assert (Sheet.objects.filter(pk=change.pk).values().get(), Passage.objects.count()) == (before, passages)
    assert {row.history_user for row in Comment.history.all()} == {person}


@pytest.mark.parametrize("who", ["altrove", "nucleo", "amministratore", "lettura", "estraneo"])
def test_nobody_else_does(request, who, change):
    with pytest.raises(Refused, match="le vede solo chi le prepara o le approva"):
        comment(change, "Che cos'è?", by=request.getfixturevalue(who))


def test_an_adopted_sheet_is_not_commented(in_force, ufficio):
    with pytest.raises(Refused, match="Non si può commentare né allegare file"):
        comment(in_force, "Troppo tardi?", by=ufficio)


def test_nor_one_that_was_withdrawn(change, ufficio, segretario):
    withdraw(Sheet.objects.get(pk=change.pk), by=ufficio)
    with pytest.raises(Refused, match="la bozza è stata ritirata"):
        comment(change, "E adesso?", by=segretario)


@pytest.mark.parametrize(("words", "why"), [(" \n", "Scrivere il commento"), ("x" * 4001, "al massimo 4000")])
def test_a_comment_says_something_and_not_too_much(change, ufficio, words, why):
    with pytest.raises(Refused, match=why):
        comment(change, words, by=ufficio)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("@segretario, va bene così?", ["segretario"]),
        ("Lo chiedo a @Segretario.", ["segretario"]),
        ("(@segretario e @responsabile)", ["responsabile", "segretario"]),
        ("@segretario @segretario", ["segretario"]),
        ("Scrivere a protocollo@comune.esempio.it", []),
        ("3 @ 5 euro", []),
    ],
)
def test_who_is_named_with_an_at_hears_of_it_once(change, ufficio, words, people):
    made = comment(change, words, by=ufficio)
    assert (named(made), told()) == (people, people)


def test_the_email_says_what_was_written_and_where(change, ufficio, segretario):
    comment(change, "Va bene così?", by=ufficio, to=segretario)
    notice = Notice.objects.get()
    assert (notice.to, notice.subject) == (segretario, "FINANZIARIO n° 1: un commento da leggere")
    assert notice.path == f"/caluso/bozze/{change.pk}/commenti/"
    assert notice.body.startswith("Ufficio Rossi ha commentato la scheda FINANZIARIO n° 1 «Sportello digitale»")
    assert "e la cita:\n\nVa bene così?\n\n" in notice.body


def test_a_user_name_may_be_an_email_address(change, responsabile, segretario):
    segretario.username = "maria.rossi@esempio.invalid"
    segretario.save()
    assert named(comment(change, "@maria.rossi@esempio.invalid?", by=responsabile)) == [segretario.username]


def test_nobody_is_told_of_what_they_wrote_themselves(change, ufficio):
    assert named(comment(change, "Nota per @ufficio", by=ufficio)) == ["ufficio"]
    assert told() == []


@pytest.mark.parametrize("who", ["altrove", "nucleo", "amministratore", "lettura", "estraneo", "nessuno"])
def test_only_those_who_see_the_draft_are_named_and_of_others_nothing_is_told(change, ufficio, who):
    with pytest.raises(Refused) as refused:
        comment(change, f"@segretario e @{who}", by=ufficio)
    assert str(refused.value).startswith(f"«@{who}» non è tra chi vede questa bozza")
    assert (Comment.objects.count(), told()) == (0, [])


def test_nor_are_they_chosen(change, ufficio, nucleo):
    with pytest.raises(Refused, match="non è tra chi vede questa bozza"):
        comment(change, "Va bene?", by=ufficio, to=nucleo)


def test_a_double_click_is_one_comment_and_one_email(change, ufficio, segretario):
    first = comment(change, "@segretario?", by=ufficio)
    assert comment(change, "@segretario?", by=ufficio) == first
    comment(change, "Un momento.", by=segretario)
    comment(change, "@segretario?", by=ufficio)
    assert (Comment.objects.count(), told()) == (3, ["segretario", "segretario"])


def test_the_list_of_people_is_those_for_whom_the_draft_is_there(change, caluso, ufficio):
    seen = {person.pk for person in User.objects.all() if standing(person, caluso).sees_drafts(change.sector_id)}
    assert {person.pk for person in who_sees_drafts(change.sector)} == seen
    ufficio.is_active = False
    ufficio.save()
    assert ufficio not in who_sees_drafts(change.sector)
