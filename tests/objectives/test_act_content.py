"""What an act did to the plan."""

import pytest

from objectives.act_content import citations, citing, content_of, day_before
from tests.plans import adopt, cites, sheet_data

pytestmark = pytest.mark.django_db


def test_the_real_act_by_settore(act100):
    content = content_of(act100)
    assert content.counts == {"INSERITO": 1, "MODIFICATO": 11, "ELIMINATO": 1}
    assert content.years == [2022]
    assert [(sector.short_name, len(lines)) for sector, lines in content.blocks] == [
        ("AMMINISTRATIVO E SERVIZI ALLA PERSONA", 2),
        ("FINANZIARIO", 4),
        ("POLIZIA MUNICIPALE E PROTEZIONE CIVILE", 2),
        ("TECNICO MANUTENTIVO, PATRIMONIO, AMBIENTE ED ATTIVITA' PRODUTTIVE", 3),
        ("TERRITORIO ED OPERE PUBBLICHE", 1),
        ("UFFICIO DI STAFF E SEGRETERIA DEL SINDACO", 1),
    ]
    assert day_before(act100) == "2022-10-17"


def test_an_act_that_only_inserts_amends_nothing(caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data())
    second = adopt(caluso, 2, "2022-02-10", sheet_data(2), cites=cites(first))
    assert [(one.cited.number, one.amends) for one in citations(second)] == [(1, False)]


def test_the_first_act_cited_is_the_one_amended(caluso, act100):
    plan, parent = (citation.cited for citation in act100.citations.order_by("position")[:2])
    assert [(one.deliberation, one.amends) for one in citing(plan)] == [(act100, True)]
    assert [(one.deliberation, one.amends) for one in citing(parent)] == [(act100, False)]


def test_an_act_that_only_inserts_cites_without_amending(caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data(1))
    second = adopt(caluso, 2, "2022-03-10", sheet_data(2), cites=cites(first))
    assert [(one.deliberation, one.amends) for one in citing(first)] == [(second, False)]


def test_an_act_without_effect_yet_has_no_day_before(caluso):
    assert day_before(adopt(caluso, 1, "2022-01-10", sheet_data(), immediately_enforceable=False)) == ""
