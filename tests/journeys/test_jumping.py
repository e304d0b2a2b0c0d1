"""From anywhere to an act, with nothing but the keyboard."""

import pytest

from tests.journeys.conftest import DESK

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("visitor", [(DESK, True)], ids=["desk"], indirect=True)
def test_a_person_jumps_to_an_act(visitor, lettura, with_password, act100):
    with_password(lettura)
    visitor.sign_in("lettura")
    keyboard, field = visitor.page.keyboard, visitor.page.get_by_role("combobox", name="Vai a una scheda")
    keyboard.press("Control+k")
    visitor.page.get_by_role("option", name="Scadenze").wait_for()
    keyboard.press("Escape")
    assert not field.is_visible()
    keyboard.press("Control+k")
    keyboard.type("GC 100")
    visitor.page.get_by_role("option", name="Atto GC 100/2022").and_(
        visitor.page.locator("[aria-selected=true]")
    ).wait_for()
    visitor.examined.clear()  # the page again, with the dialog open
    visitor.check()
    keyboard.press("Enter")
    visitor.page.wait_for_url("**/caluso/atti/gc-100-2022/")
    visitor.check()
    assert visitor.heading() == "Deliberazione della Giunta Comunale n. 100 del 18/10/2022"
