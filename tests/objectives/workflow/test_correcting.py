"""A clerical error is noted beside the adopted text, which stays."""

import pytest

from objectives.models import Correction, Sheet
from objectives.workflow import Refused, correct

NOTE = "Errore di battitura nella trascrizione."


def test_a_correction_stands_beside_the_text(in_force, segretario):
    before = Sheet.objects.filter(pk=in_force.pk).values().get()
    made = correct(in_force, place="titolo", written="Obiettivo 1", right="Obiettivo uno", note=NOTE, by=segretario)
    assert (made.sheet, made.by, made.note) == (in_force, segretario, NOTE)
    assert Sheet.objects.filter(pk=in_force.pk).values().get() == before
    assert in_force.passages.get(kind="RETTIFICATA").note == f"titolo: {NOTE}"


def test_the_same_correction_twice_is_one(in_force, segretario):
    for _ in range(2):
        correct(in_force, place="titolo", right="Obiettivo uno", note=NOTE, by=segretario)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(("place", "right", "note"), [("", "x", NOTE), ("titolo", " ", NOTE), ("titolo", "x", "")])
def test_a_correction_says_where_what_and_why(in_force, segretario, place, right, note):
    with pytest.raises(Refused, match="servono"):
        correct(in_force, place=place, right=right, note=note, by=segretario)


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura", "estraneo"])
def test_only_the_segretario_corrects(request, who, in_force):
    with pytest.raises(Refused):
        correct(in_force, place="titolo", right="x", note=NOTE, by=request.getfixturevalue(who))


def test_a_draft_is_edited_and_not_corrected(change, segretario):
    with pytest.raises(Refused, match="è ancora una bozza"):
        correct(change, place="titolo", right="x", note=NOTE, by=segretario)
