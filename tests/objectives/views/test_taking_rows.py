"""Phases and indicators of another sheet, taken into a draft without a script."""

import pytest

from objectives.draft_content import DraftContent
from objectives.models import Sheet
from objectives.workflow import amend, edit, eliminate, insert, submit
from organisation.models import Sector
from tests.pages import text, texts, with_class
from tests.this_year import sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(this_plan):
    """FINANZIARIO n° 2: two phases, two indicators."""
    return sheet_of(this_plan, 2)


def address(change):
    return f"/caluso/bozze/{change.pk}/righe/"


def keys(source):
    return [str(row.key) for row in (*source.phases.all(), *source.indicators.all())]


def sent(change, source, *rows):
    return {"da": source.pk, "versione": change.row_version, "riga": rows}


def said(response):
    return texts(response, "//main" + with_class("alert"))


def test_what_is_typed_is_saved_before_the_person_goes_to_choose(desk, change):
    assert texts(desk.client.get(desk.address), "//button[@value='prendi']/@data-onward") == [address(change)]
    response = desk.write(title="Ancora un titolo").press("prendi")
    change.refresh_from_db()
    assert (response.status_code, response.url, change.title) == (302, address(change), "Ancora un titolo")


def test_any_sheet_that_can_be_read_is_offered(signed_in, ufficio, change, source, this_plan):
    client = signed_in(ufficio)
    new = insert(this_plan, source.sector, by=ufficio)
    listed = texts(client.get(address(change)), "//main//ul[@class='rows']//a")
    assert listed == ["FINANZIARIO n° 1 — Obiettivo 1", "FINANZIARIO n° 2 — Obiettivo 2", "FINANZIARIO n° 3"]
    other = Sector(entity=this_plan.entity, name="TECNICO")
    other.save()
    assert texts(client.get(f"{address(change)}?settore={other.pk}"), "//main//ul[@class='rows']//a") == []
    assert client.get(f"{address(change)}?da={new.pk}").status_code == 200


def test_chosen_rows_come_under_keys_of_their_own_into_the_free_slots(signed_in, ufficio, change, source):
    client = signed_in(ufficio)
    page = client.get(f"{address(change)}?da={source.pk}")
    assert texts(page, "//main//form//legend") == ["Fasi", "Indici di Quantità", "Indici di Tempo"]
    response = client.post(address(change), sent(change, source, keys(source)[1], keys(source)[2]), follow=True)
    assert response.redirect_chain == [(f"/caluso/bozze/{change.pk}/modifica/?salvata#phases", 302)]
    assert said(response)[0] == "Righe prese da FINANZIARIO n° 2: fasi 1, indici 1. Sono nella bozza, da rivedere."
    assert list(change.phases.values_list("position", "text")) == [(1, "Avvio"), (2, "Verifica"), (3, "Verifica")]
    assert change.indicators.count() == 3
    assert set(keys(change)) & set(keys(source)) == set()


def test_where_the_slots_are_too_few_nothing_is_taken(signed_in, ufficio, change, source):
    rows = [{"key": None, "position": slot, "text": f"Fase {slot}"} for slot in range(1, 8)]
    change = edit(change, DraftContent(phases=rows), by=ufficio)
    response = signed_in(ufficio).post(address(change), sent(change, source, *keys(source)))
    assert said(response) == [
        "Per le fasi qui c'è una casella libera, e ne sono state scelte 2: sceglierne meno, o togliere prima delle "
        "fasi dalla bozza."
    ]
    assert (response.status_code, len(texts(response, "//main//input[@checked]"))) == (422, 4)
    assert (change.phases.count(), change.indicators.count()) == (7, 2)


def test_nothing_chosen_a_second_click_and_a_foreign_sheet_take_nothing(signed_in, ufficio, change, source):
    client = signed_in(ufficio)
    assert said(client.post(address(change), sent(change, source))) == ["Scegliere almeno una fase o un indice."]
    client.post(address(change), sent(change, source, keys(source)[0]))
    again = client.post(address(change), sent(change, source, keys(source)[0]))
    assert (again.status_code, "è cambiata dopo che la pagina è stata aperta" in said(again)[-1]) == (422, True)
    assert Sheet.objects.get(pk=change.pk).phases.count() == 3
    for key in ("x", "9" * 30, change.pk):
        assert client.post(address(change), {"da": key, "riga": keys(source)}).status_code == 404


def test_a_draft_of_another_settore_is_not_offered(signed_in, make_person, caluso, this_plan, ufficio, change, source):
    other = Sector(entity=caluso, name="TECNICO")
    other.save()
    draft = insert(this_plan, other, by=ufficio)
    ufficio.memberships.get().sectors.set([source.sector])
    client = signed_in(ufficio)
    assert "TECNICO n° 1" not in texts(client.get(address(change)), "//main//ul[@class='rows']//a")
    assert client.get(f"{address(change)}?da={draft.pk}").status_code == 404


def test_rows_make_of_what_was_sent_a_draft_again(signed_in, ufficio, responsabile, change, source):
    change = submit(change, by=responsabile)
    client = signed_in(ufficio)
    assert "con righe nuove torna bozza" in text(client.get(f"{address(change)}?da={source.pk}"), "//main//form")
    client.post(address(change), sent(change, source, keys(source)[0]))
    change.refresh_from_db()
    assert (change.state, change.submitted_by) == ("BOZZA", None)


def test_an_elimination_takes_no_rows(signed_in, ufficio, this_plan, source):
    draft = eliminate(source, by=ufficio)
    response = signed_in(ufficio).get(address(draft), follow=True)
    assert response.redirect_chain == [(f"/caluso/bozze/{draft.pk}/modifica/", 302)]
    assert amend(sheet_of(this_plan, 1), by=ufficio).change == "MODIFICATO"


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, signed_in, ufficio, change, this_plan, source, django_assert_num_queries
):
    for _ in range(count):
        insert(this_plan, source.sector, by=ufficio)
    client = signed_in(ufficio)
    client.get(address(change))
    with django_assert_num_queries(8):
        client.get(address(change))
