"""How far a version has come."""

import pytest

from objectives.models import Sheet
from objectives.path_steps import steps
from tests.factories import make_proposal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "is_gathered", "standing"),
    [
        ("BOZZA", False, ["adesso", "da fare", "da fare", "da fare", "da fare"]),
        ("INVIATA", False, ["fatto", "adesso", "da fare", "da fare", "da fare"]),
        ("APPROVATA", False, ["fatto", "fatto", "adesso", "da fare", "da fare"]),
        ("APPROVATA", True, ["fatto", "fatto", "fatto", "adesso", "da fare"]),
    ],
)
def test_the_steps_follow_the_state_and_the_proposal(state, is_gathered, standing, caluso):
    sheet = Sheet(state=state)
    if is_gathered:
        sheet.deliberation = make_proposal(caluso)
    path = steps(sheet)
    assert [step.label for step in path] == ["bozza", "inviata", "approvata", "in proposta", "adottata"]
    assert [step.standing for step in path] == standing
