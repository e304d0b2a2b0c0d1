"""Comments and enclosures while somebody else does the same, or takes the draft from under them."""

import pytest
from django.db import connection

from objectives.models import Comment, Enclosure, Sheet
from objectives.workflow import Refused, adopt, comment, enclose, withdraw
from organisation.models import Notice
from tests.at_once import at_once, before_it_commits, committed
from tests.results import upload
from tests.sessions import SESSION

if connection.vendor == "postgresql":
    db = committed


@pytest.fixture(autouse=True)
def _the_segretario_has_an_address(segretario):
    """Who is named with @ hears of it by e-mail."""
    segretario.email = "segretario@comune.esempio.it"
    segretario.save()


def test_the_same_comment_and_the_same_file_are_sent_twice(change, ufficio):
    said = at_once(*(lambda: comment(change, "@segretario?", by=ufficio) for _ in range(2)))
    assert said[0] == said[1]
    assert (Comment.objects.count(), Notice.objects.filter(subject__contains="commento").count()) == (1, 1)
    sent = at_once(*(lambda: enclose(change, upload(), by=ufficio) for _ in range(2)))
    (refusal,) = [one for one in sent if isinstance(one, Exception)]
    assert (type(refusal), "è già allegato" in str(refusal)) == (Refused, True)
    assert Enclosure.objects.count() == 1


def test_a_draft_is_withdrawn_while_somebody_comments_on_it(change, ufficio, segretario):
    gone = Sheet.objects.get(pk=change.pk)
    outcomes = before_it_commits(
        lambda: withdraw(gone, by=ufficio), lambda: comment(change, "Un momento.", by=segretario)
    )
    assert isinstance(outcomes[1], Refused), outcomes
    assert "la bozza è stata ritirata" in str(outcomes[1])
    assert not Comment.objects.exists()


def test_a_sheet_is_adopted_while_somebody_comments_on_it(ready, approved, ufficio, segretario):
    _, said = before_it_commits(
        lambda: adopt(ready, SESSION, by=segretario), lambda: comment(approved, "Un momento.", by=ufficio)
    )
    assert isinstance(said, Refused), said
    assert "è già adottata" in str(said)
