"""Lists are sorted by their columns, and remember what somebody chose last time."""

import pytest

from tests.factories import load, written_act
from tests.journeys.conftest import DESK

pytestmark = pytest.mark.journey
ACTS = "/caluso/atti/"


@pytest.mark.parametrize("visitor", [(DESK, True)], ids=["desk"], indirect=True)
def test_a_list_is_sorted_by_a_column_and_offers_the_last_choice_again(visitor, lettura, with_password, act100, caluso):
    load(written_act(101, "2022-11-03"), caluso)
    with_password(lettura)
    visitor.sign_in("lettura")
    visitor.go(ACTS)
    names = visitor.page.locator("tbody .act-name a")
    latest_first = names.all_inner_texts()
    assert latest_first[:2] == ["GC 101/2022", "GC 100/2022"]
    by_act = visitor.page.get_by_role("button", name="Atto", exact=True)
    by_act.focus()
    visitor.page.keyboard.press("Enter")
    assert names.all_inner_texts() == latest_first[::-1]
    visitor.page.get_by_role("combobox", name="Anno").select_option("2022")
    visitor.press("Filtra")
    visitor.go(ACTS)
    assert names.all_inner_texts() == latest_first[::-1]
    assert visitor.page.get_by_role("columnheader", name="Atto").get_attribute("aria-sort") == "ascending"
    visitor.follow("Come l'ultima volta: 2022")
    assert visitor.page.url == f"{visitor.home}{ACTS}?anno=2022"
