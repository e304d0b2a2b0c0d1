"""The page of a sheet: all the form holds, which version it is, and where it stands among the others."""

import pytest

from objectives.models import Sheet
from tests.pages import text, texts, with_class
from tests.plans import adopt, cites, indicator_data, sheet_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, segretario):
    """Fetch the page of a sheet of Caluso as its Segretario."""
    client.force_login(segretario)
    return lambda sheet, more="": client.get(f"/caluso/schede/{sheet.pk}/{more}")


def facts(response):
    """The data of the version, by label."""
    listed = with_class("facts-of-version") + "//dl"
    return dict(zip(texts(response, f"{listed}/dt"), texts(response, f"{listed}/dd"), strict=True))


def timeline(response):
    return texts(response, with_class("timeline") + "/li")


def test_a_sheet_of_the_real_act(visit, act100):
    sheet = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    response = visit(sheet)
    assert text(response, "//h1") == "ESTERNALIZZAZIONE SERVIZIO TRIBUTI"
    assert text(response, with_class("overline")) == "FINANZIARIO · Obiettivo strategico n° 4 · Anno 2022"
    assert text(response, with_class("standing")) == "MODIFICATO Testo vigente dal 18 ottobre 2022."
    assert facts(response) == {
        "Peso": "15",
        "Settore": "FINANZIARIO",
        "Responsabile di servizio": "DR. DANILO BERTOLDI",
        "Atto": "GC 100/2022 del 18 ottobre 2022",
        "Motivo della variazione": "non indicato nell'atto",
        "Durata": "pluriennale",
        "Versione": sheet.version_id,
    }


def test_the_indicators_stand_as_written_with_their_reading(visit, act100):
    response = visit(Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI"))
    assert texts(response, with_class("indicators") + "/caption") == [
        "Indici di Quantità",
        "Indici di Tempo",
        "Indici di Costo",
        "Indici di Qualità",
    ]
    assert texts(response, with_class("indicators") + "//td[2]") == [
        "trimestrale letto come: 4 volte l'anno, almeno",
        "28/02/2022 letto come: 28/02/2022, entro",
        "30/04/2022 letto come: 30/04/2022, entro",
        "20% letto come: 20 %, almeno",
        "2 giornate letto come: 2 giornate, almeno",
    ]


def test_an_indicator_of_another_year_does_not_count_for_this_one(visit, caluso):
    adopt(
        caluso, 1, "2022-01-10", sheet_data(indicators=[indicator_data("Procedimenti ANNO 2023", "100%", "QUANTITA")])
    )
    cell = text(visit(Sheet.objects.get()), with_class("indicators") + "//td[1]")
    assert cell == "Procedimenti ANNO 2023 riguarda il 2023: non conta per il 2022"


def test_the_month_chart_holds_the_months_that_are_written(visit, act100):
    sheet = Sheet.objects.get(sector__name="FINANZIARIO", number=1, on_file=True)
    rows = with_class("months") + "//tbody/tr"
    response = visit(sheet)
    assert texts(response, f"{rows}/th") == ["1", "2", "3", "4"]
    assert texts(response, f"{rows}[3]/td") == ["", "", "2023", *[""] * 9]
    assert texts(response, f"{rows}[4]/td") == ["", "", "", "2023", *[""] * 8]


def test_phases_keep_their_slots(visit, caluso):
    phases = [{"slot": slot, "text": f"Fase {slot}", "months": []} for slot in (1, 5, 8)]
    adopt(caluso, 1, "2022-01-10", sheet_data(phases=phases))
    response = visit(Sheet.objects.get())
    assert texts(response, with_class("phases") + "/li/@value") == ["1", "5", "8"]
    assert texts(response, with_class("phases") + "/li") == ["Fase 1", "Fase 5", "Fase 8"]


def test_staff_and_verifications_stand_as_printed(visit, caluso):
    review = {"round": "INTERMEDIA", "date": "2022-07-31", "value_average": "80", "time_average": "100"}
    review |= {"causes": "", "effects": "", "taken": "Solleciti", "to_take": ""}
    staff = [{"category": "D", "name": "Anna ROSSI", "share": "33,3%"}, {"category": "", "name": "Bo", "share": ""}]
    adopt(caluso, 1, "2022-01-10", sheet_data(reviews=[review], staff=staff))
    response = visit(Sheet.objects.get())
    assert texts(response, with_class("reviews") + "//dd") == ["31/07/2022", "80", "100", "Solleciti"]
    assert texts(response, "//table[contains(caption, 'Personale')]//td") == [
        "D",
        "Anna ROSSI",
        "33,3%",
        "—",
        "Bo",
        "—",
    ]


def test_what_is_empty_says_so(visit, caluso):
    adopt(caluso, 1, "2022-01-10", sheet_data(phases=[], indicators=[]))
    assert texts(visit(Sheet.objects.get()), with_class("body") + with_class("muted")) == [
        "Nessuna descrizione.",
        "Nessuna fase.",
        "Indici di Quantità: nessuno.",
        "Indici di Tempo: nessuno.",
        "Indici di Costo: nessuno.",
        "Indici di Qualità: nessuno.",
        "Nell'atto non è scritto nessun mese: le celle colorate della scheda stampata non sono nel testo.",
        "Nella scheda adottata le verifiche sono in bianco.",
        "Nella scheda adottata la tabella del personale è in bianco.",
    ]


def test_an_old_version_leads_to_the_one_in_force(visit, act100):
    new = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    response = visit(new.base)
    assert text(response, "//h1") == "Testo non in archivio"
    assert text(response, with_class("standing")) == (
        "Testo non più in vigore: GC 100/2022 ha sostituito questo testo dal 18 ottobre 2022. "
        "Vai al testo in vigore oggi"
    )
    assert texts(response, with_class("standing") + "//a/@href") == [f"/caluso/schede/{new.pk}/"]
    assert facts(response)["Peso"] == "non noto"


def test_the_timeline_shows_every_version(visit, act100):
    new = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    assert timeline(visit(new)) == [
        "GC 8/2022 del 7 febbraio 2022 vigente dal 7 febbraio 2022 · testo non in archivio",
        "MODIFICATO GC 100/2022 del 18 ottobre 2022 vigente dal 18 ottobre 2022 · in vigore oggi",
    ]


def test_a_removal_in_the_timeline_is_not_called_in_force(visit, act100):
    removed = Sheet.objects.get(change="ELIMINATO")
    assert timeline(visit(removed))[-1] == "ELIMINATO GC 100/2022 del 18 ottobre 2022 eliminato dal 18 ottobre 2022"


def test_a_version_that_waits_says_so_in_the_timeline(visit, caluso):
    adopt(caluso, 1, "2022-01-10", sheet_data(), immediately_enforceable=False)
    assert timeline(visit(Sheet.objects.get())) == ["INSERITO GC 1/2022 del 10 gennaio 2022 in attesa di esecutività"]


def test_a_version_leads_to_its_neighbours(visit, act100):
    new = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    assert texts(visit(new), "//a[@rel='prev']/@href") == [f"/caluso/schede/{new.base.pk}/"]
    assert texts(visit(new.base), "//a[@rel='next']/@href") == [f"/caluso/schede/{new.pk}/"]


def test_a_removed_objective_keeps_its_content(visit, act100):
    response = visit(Sheet.objects.get(change="ELIMINATO"))
    assert text(response, with_class("standing")).startswith("ELIMINATO Obiettivo eliminato dal 18 ottobre 2022")
    assert len(texts(response, with_class("phases") + "/li")) == 4


def test_names_stand_as_the_act_printed_them(visit, act100):
    sheet = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    printed = facts(visit(sheet))
    sheet.sector.name, sheet.manager.name = "RAGIONERIA", "Un Altro"
    sheet.sector.save()
    sheet.manager.save()
    shown = facts(visit(sheet))
    named = ("Settore", "Responsabile di servizio")
    assert [shown[label] for label in named] == [printed[label] for label in named]
    assert [shown[label] for label in named] == [sheet.sector_printed, sheet.manager_printed]


def test_the_motive_stands_in_words(visit, caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data())
    changed = sheet_data(change="MODIFICATO", motive="SLITTAMENTO", motive_text="Gara deserta.", weight=30)
    adopt(caluso, 2, "2022-03-10", changed, cites=cites(first))
    shown = facts(visit(Sheet.objects.get(change="MODIFICATO")))
    assert shown["Motivo della variazione"] == "Slittamento dei tempi: Gara deserta."


@pytest.mark.parametrize("count", [1, 30])
def test_a_sheet_takes_the_same_queries_whatever_its_rows(visit, caluso, django_assert_num_queries, count):
    indicators = [indicator_data(f"Indice {number}") for number in range(count)]
    staff = [{"category": "C", "name": f"Persona {number}", "share": "10"} for number in range(count)]
    adopt(caluso, 1, "2022-01-10", sheet_data(indicators=indicators, staff=staff))
    sheet = Sheet.objects.get()
    with django_assert_num_queries(15):
        visit(sheet)


@pytest.mark.parametrize("versions", [1, 12])
def test_a_sheet_takes_the_same_queries_whatever_its_versions(visit, caluso, django_assert_num_queries, versions):
    act = adopt(caluso, 1, "2022-01-10", sheet_data())
    for number in range(2, versions + 1):
        changed = sheet_data(change="MODIFICATO", title=f"Testo {number}")
        act = adopt(caluso, number, f"2022-02-{number:02}", changed, cites=cites(act))
    sheet = Sheet.objects.order_by("pk").first()
    with django_assert_num_queries(15):
        assert len(timeline(visit(sheet))) == versions


@pytest.mark.parametrize("pk", [0, 999999, 99999999999999999999])
def test_an_unknown_sheet_is_not_found(client, segretario, pk):
    client.force_login(segretario)
    assert client.get(f"/caluso/schede/{pk}/").status_code == 404
