"""Nothing of an entity is visible from another, and nothing at all without signing in."""

import pytest
from django.urls import reverse

from objectives.models import Sheet
from tests.pages import text
from tests.plans import adopt, sheet_data

pytestmark = pytest.mark.django_db
PAGES = [
    ("current_plan", []),
    ("plan", [2022]),
    ("plan_on", [2022, "2022-10-18"]),
    ("plan_after", [2022, "gc-100-2022"]),
    ("acts", []),
    ("act", ["gc-100-2022"]),
    ("search", []),
]


@pytest.fixture
def addresses(act100):
    """Every page there is about the real act."""
    sheet = Sheet.objects.filter(deliberation=act100).first()
    pages = [*PAGES, ("sheet", [sheet.pk]), ("sheet_history", [sheet.pk])]
    return [reverse(name, args=["caluso", *arguments]) for name, arguments in pages]


def test_who_belongs_to_the_entity_sees_every_page(signed_in, lettura, addresses):
    client = signed_in(lettura)
    assert [client.get(address).status_code for address in addresses] == [302, *[200] * 8]


def test_who_belongs_to_another_entity_finds_nothing(signed_in, estraneo, addresses):
    client = signed_in(estraneo)
    assert [client.get(address).status_code for address in addresses] == [404] * 9


def test_who_is_not_signed_in_is_asked_to(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={address}")


def test_what_another_entity_has_is_not_found_under_ones_own(signed_in, estraneo, addresses):
    client = signed_in(estraneo)
    own = [address.replace("/caluso/", "/esempio/") for address in addresses]
    assert [client.get(address).status_code for address in own] == [200, 404, 404, 404, 200, 404, 200, 404, 404]


def test_two_entities_may_have_an_act_of_the_same_number(signed_in, make_person, caluso, esempio, act100):
    adopt(esempio, 100, "2022-10-18", sheet_data(title="Inventato"))
    client = signed_in(make_person("ponte", (caluso, "LETTURA"), (esempio, "LETTURA")))
    subjects = [
        text(client.get(f"/{slug}/atti/gc-100-2022/"), "//main//p[@class='lead']") for slug in ("caluso", "esempio")
    ]
    assert subjects == ["Approvazione modificazioni al Piano della Performance 2022.", "Piano della Performance 2022."]


def test_the_search_of_an_entity_finds_only_its_own(signed_in, make_person, caluso, esempio, act100):
    client = signed_in(make_person("ponte", (caluso, "LETTURA"), (esempio, "LETTURA")))
    assert client.get("/caluso/cerca/", {"q": "sportello"}).context["page"].paginator.count == 7
    assert client.get("/esempio/cerca/", {"q": "sportello"}).context["page"].paginator.count == 0


def test_a_draft_is_no_part_of_the_legal_history(signed_in, segretario, act100):
    adopted = Sheet.objects.filter(deliberation=act100).first()
    draft = Sheet(
        objective=adopted.objective, base=adopted, change="MODIFICATO", state="BOZZA", sector=adopted.sector, number=1,
        title="BOZZA RISERVATISSIMA", search_text="bozza riservatissima",
    )  # fmt: skip
    draft.save()
    client = signed_in(segretario)
    assert client.get(f"/caluso/schede/{draft.pk}/").status_code == 404
    assert client.get("/caluso/cerca/", {"q": "riservatissima"}).context["page"].paginator.count == 0
    assert b"BOZZA RISERVATISSIMA" not in client.get("/caluso/piano/2022/").content


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_these_pages_only_read(signed_in, segretario, addresses, method):
    client = signed_in(segretario)
    assert [getattr(client, method)(address).status_code for address in addresses] == [405] * 9
