"""The next year is opened once, whoever asks for it and however often."""

import pytest
from django.db import connection

from objectives.models import Plan, Sheet
from objectives.next_year import open_next_year
from objectives.workflow import Refused
from organisation.roles import Role
from tests.at_once import at_once, committed
from tests.this_year import YEAR, approved_plan, full_sheet

if connection.vendor == "postgresql":
    db = committed


def test_two_open_it_at_once(db, caluso, make_person):
    plan = approved_plan(caluso, full_sheet(1, weight=100, title="Archivio (biennale)"))
    people = [make_person(name, (caluso, Role.SEGRETARIO)) for name in ("segretario", "vice")]
    sheet = Sheet.objects.get()
    opened = at_once(*(lambda who=who: open_next_year(plan, [sheet.pk], by=who) for who in people))
    assert sorted((one.created, len(one.drafts)) for one in opened) == [(False, 0), (True, 1)]
    assert Sheet.objects.of(Plan.objects.get(year=YEAR + 1)).get().objective.continues == sheet.objective


@pytest.mark.parametrize("role", [Role.UFFICIO, Role.RESPONSABILE, Role.NUCLEO, Role.LETTURA])
def test_the_deed_itself_asks_who_does_it(caluso, make_person, role):
    plan = approved_plan(caluso)
    with pytest.raises(Refused, match=f"^Il piano {YEAR + 1} lo apre il Segretario.$"):
        open_next_year(plan, [], by=make_person("altri", (caluso, role)))
    assert Plan.objects.count() == 1
