"""The printed sheet with what is new in bold, and beside its earlier text («testo a fronte»)."""

import json

import pytest

from objectives.comparing import between
from objectives.models import Sheet
from objectives.pdf_changes import render_facing, render_sheet_with_changes
from objectives.pdf_changes.changed_form import changed_form
from objectives.pdf_changes.facing import facing_sections
from objectives.pdf_changes.printing import work_for
from objectives.workflow import amend
from tests.conformance import failures
from tests.plans import adopt, cites, indicator_data, sheet_data
from tests.tagged import attached, page_texts, read_aloud
from tests.this_year import approved_plan, rewritten, sheet_of

pytestmark = pytest.mark.django_db

PHASES = [
    {"slot": 1, "text": "Avvio", "months": ["2022-03"]},
    {"slot": 2, "text": "Verifica", "months": ["2022-05"]},
    {"slot": 3, "text": "Prova", "months": []},
    {"slot": 4, "text": "Collaudo <finale>", "months": []},
]
LATER = [
    {"slot": 1, "text": "Verifica", "months": ["2022-05", "2022-06"]},
    {"slot": 2, "text": "Avvio", "months": ["2022-04"]},
    {"slot": 3, "text": "Prova mensile", "months": []},
]
STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]
OLD = {"description": "L'attivazione & altro.\n\nFine.", "phases": PHASES, "weight": 25, "staff": STAFF}
NEW = {"description": "L'avvio & altro.\n\nFine. Si prosegue.", "phases": LATER, "weight": 20, "staff": STAFF}


@pytest.fixture
def pair(caluso):
    """A sheet of GC 8/2022 and what GC 100/2022 made of it, with their rows."""
    first = adopt(caluso, 8, "2022-02-07", sheet_data(1, **OLD))
    later = sheet_data(1, change="MODIFICATO", indicators=[indicator_data("Avvio del servizio", "30/11/2022")], **NEW)
    adopt(caluso, 100, "2022-10-18", later, cites=cites(first))
    return tuple(Sheet.objects.with_rows().order_by("pk"))


@pytest.fixture
def draft(caluso, ufficio):
    """An open change of FINANZIARIO n° 1."""
    return rewritten(amend(sheet_of(approved_plan(caluso), 1), by=ufficio), ufficio)


@pytest.fixture
def form(pair):
    """The form of the new text, compared."""
    return changed_form(work_for(pair[1]).form, between(*pair), "di GC 8/2022")


def test_only_what_is_new_is_bold(form):
    assert form.paragraphs == ["<b>L'avvio</b> &amp; altro.".replace("'", "&#x27;"), "Fine.<b> Si prosegue.</b>"]
    assert [phase.text for phase in form.phases[:4]] == ["Verifica", "Avvio", "Prova<b> mensile</b>", ""]
    assert form.families[1].rows[0]["expected"] == "<b>30/11/2022</b>"
    assert (form.title, form.manager) == ("OBIETTIVO 1", "DR. DANILO BERTOLDI")
    assert form.staff == [{"category": "C", "name": "Anna Bianchi", "share": "50"}]


def test_a_month_that_came_is_bold_in_the_chart(form):
    rows = [["", "X", "<b>X</b>"], ["<b>X</b>", "", ""], ["", "", ""]]
    assert [list(row.cells[3:6]) for row in form.timeline] == rows


def test_what_went_stands_at_the_end(form):
    assert [(one.place, one.text) for one in form.removed] == [
        ("Peso", "25"),
        ("Descrizione dell'obiettivo", "L'attivazione"),
        ("Fase n° 2, mesi", "marzo 2022"),
        ("Fase n° 4 (eliminata)", "Collaudo <finale>"),
        ("Indice di Tempo, atteso", "31/12/2022"),
    ]


def test_a_note_says_in_words_what_is_bold(form):
    assert form.notes == [
        "In grassetto ciò che è nuovo rispetto al testo di GC 8/2022. Cambiano: Peso: da 25 a 20; "
        "Descrizione dell'obiettivo: testo modificato; Fase n° 1: modificata, spostata (era la n° 2); "
        "Fase n° 2: modificata, prima era la n° 1; Fase n° 3: modificata; Fase n° 4: eliminata; "
        "Indice di Tempo «Avvio del servizio»: modificato."
    ]


def test_both_texts_stand_side_by_side_whole(pair):
    head, phases, indicators, staff = facing_sections(between(*pair))
    rows = {row.label: (row.old, row.new) for row in head.rows}
    assert rows["Peso"] == ("<s>25</s>", "<b>20</b>")
    assert rows["Settore"] == ("FINANZIARIO", "FINANZIARIO")
    assert rows["segue"] == ("Fine.", "Fine.<b> Si prosegue.</b>")
    assert [(row.label, row.old, row.new) for row in phases.rows] == [
        ("Fase n° 1 – MODIFICATO, SPOSTATO", "Verifica", "Verifica"),
        ("Mesi", "maggio 2022", "maggio 2022, <b>giugno 2022</b>"),
        ("Fase n° 2 – MODIFICATO, RINUMERATO", "Avvio", "Avvio"),
        ("Mesi", "<s>marzo 2022</s>", "<b>aprile 2022</b>"),
        ("Fase n° 3 – MODIFICATO", "Prova", "Prova<b> mensile</b>"),
        ("Fase n° 4 – ELIMINATO", "<s>Collaudo &lt;finale&gt;</s>", ""),
    ]
    assert [row.label for row in indicators.rows] == ["Indice di Tempo – MODIFICATO", "Atteso"]
    assert [row.new for row in staff.rows] == ["Anna Bianchi", "C", "50"]


def test_nothing_is_marked_where_the_earlier_text_is_not_on_file(act100):
    sheet = Sheet.objects.with_rows().get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    plain = work_for(sheet).form
    form = changed_form(plain, between(sheet.base, sheet), "di GC 8/2022")
    assert (form.title, form.paragraphs) == (plain.title, plain.paragraphs)
    assert form.notes == ["Il testo precedente non è in archivio: nessun confronto possibile."]
    with pytest.raises(LookupError, match="non è in archivio"):
        render_facing(sheet.base, sheet)


@pytest.mark.pdf
def test_the_form_with_its_changes_conforms(pair):
    content = render_sheet_with_changes(pair[1])
    assert (failures(content, "3a"), failures(content, "ua1")) == ({}, {})
    heard = read_aloud(content)
    assert heard[heard.index("Testo tolto") :][:6] == [
        *("Testo tolto", "Dove", "Parole che il testo precedente aveva", "Peso", "25", "Descrizione dell'obiettivo"),
    ]
    assert content == render_sheet_with_changes(pair[1])


@pytest.mark.pdf
def test_both_texts_of_a_draft_conform_and_say_on_every_page_that_nobody_adopted_it(draft, ufficio):
    long = " ".join(f"Periodo {n} della descrizione, che prosegue ancora un poco." for n in range(150))
    rewritten(draft, ufficio, description=long)
    draft = Sheet.objects.with_rows().get(pk=draft.pk)
    content = render_facing(Sheet.objects.with_rows().get(pk=draft.base_id), draft)
    assert (failures(content, "3a"), failures(content, "ua1")) == ({}, {})
    pages = page_texts(content)
    assert len(pages) > 1
    assert all("BOZZA – non adottata" in page for page in pages)
    assert "Periodo 149 della descrizione" in " ".join(pages)
    (source,) = attached(content).values()
    assert json.loads(source)["sheets"][0]["act"] is None


# ---- Pages


@pytest.mark.pdf
def test_the_pdfs_are_sent_to_who_may_see_the_version(client, ufficio, lettura, draft):
    client.force_login(ufficio)
    for name in ("modifiche", "fronte"):
        response = client.get(f"/caluso/schede/{draft.pk}/pdf/{name}/")
        assert (response.status_code, response.content[:5]) == (200, b"%PDF-")
        assert f"-bozza-{name}.pdf" in response["Content-Disposition"]
    client.force_login(lettura)
    assert client.get(f"/caluso/schede/{draft.pk}/pdf/modifiche/").status_code == 404


def test_without_an_earlier_text_there_is_nothing_to_print(client, lettura, act100):
    client.force_login(lettura)
    changed = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    for sheet, why in ((changed, "non è in archivio"), (changed.base, "Scheda nuova")):
        response = client.get(f"/caluso/schede/{sheet.pk}/pdf/fronte/")
        assert (response.status_code, why in response.content.decode()) == (404, True)
