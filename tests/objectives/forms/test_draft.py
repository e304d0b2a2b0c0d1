"""The drafting form, bound to a sheet: what it stores, what it refuses, what it leaves as it is."""

from decimal import Decimal

import pytest

from objectives.forms.draft import DraftForm
from objectives.forms.stored import typed_of
from objectives.forms.typed import change_rows
from objectives.models import Sheet
from objectives.workflow import amend, edit, eliminate, insert
from tests.this_year import YEAR, approved_plan, sheet_of

pytestmark = pytest.mark.django_db

STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "33,3%"}]


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 and n° 2, in force."""
    return approved_plan(caluso)


@pytest.fixture
def change(plan, ufficio):
    """A draft that changes FINANZIARIO n° 1."""
    return amend(sheet_of(plan, 1), by=ufficio)


def form_of(sheet, **fields):
    """The form of a sheet as opened, with other texts typed in some fields."""
    typed = typed_of(sheet)
    typed.fields.update({name: [text] for name, text in fields.items()})
    return DraftForm(sheet, typed)


def wrong(form):
    return [(label, message) for _, label, message in form.errors]


def test_the_sheets_of_the_real_act_that_are_opened_and_saved_do_not_change(act100, ufficio):
    for adopted in Sheet.objects.filter(deliberation=act100).exclude(change="ELIMINATO"):
        draft = amend(adopted, by=ufficio)
        form = form_of(draft)
        assert wrong(form) == []
        assert edit(draft, form.content(), by=ufficio).row_version == draft.row_version


def test_an_empty_new_objective_can_be_kept(plan, ufficio):
    sheet = sheet_of(plan, 1)
    form = form_of(insert(plan, sheet.sector, by=ufficio))
    assert wrong(form) == []


REFUSED = (
    ("weight", "abc", "Scrivere un numero, per esempio 12,5."),
    ("weight", "NaN", "Scrivere un numero, per esempio 12,5."),
    ("weight", "101", "Il peso va da 0 a 100."),
    ("weight", "-1", "Il peso va da 0 a 100."),
    ("weight", "1,234", "Al massimo 2 cifre dopo la virgola."),
    ("number", "", "Scrivere il numero dell'obiettivo."),
    ("number", "0", "Il numero va da 1 a 999."),
    ("kind", "x" * 31, "Il testo è troppo lungo: al massimo 30 caratteri."),
    ("manager", "999999", "Scegliere uno dei responsabili del settore."),
)


def test_what_cannot_be_kept_is_said_beside_its_field(change):
    for field, typed, message in REFUSED:
        form = form_of(change, **{field: typed})
        assert [(where, said) for where, _, said in form.errors] == [(f"id_{field}", message)]


def test_a_weight_is_typed_with_a_comma_or_a_point_or_left_for_later(change):
    kept = [form_of(change, weight=typed).content().fields["weight"] for typed in ("12,5", "12.5", "")]
    assert kept == [Decimal("12.5"), Decimal("12.5"), None]


def test_a_line_break_begins_a_paragraph(change):
    form = form_of(change, description="  Prima  riga\r\nseconda\r\n\r\n\r\nterza ", title="Un\r\ntitolo")
    assert form.content().fields["description"] == "Prima riga\n\nseconda\n\nterza"
    assert form.content().fields["title"] == "Un titolo"


def test_a_row_in_which_nothing_is_typed_is_no_row(change):
    typed = typed_of(change)
    for action in ("aggiungi-fase:5", "aggiungi-indice:COSTO", "aggiungi-persona"):
        change_rows(typed, action)
    form = DraftForm(change, typed)
    assert wrong(form) == []
    content = form.content()
    assert [row["position"] for row in content.phases] == [1, 2]
    assert (len(content.indicators), content.participations) == (2, [])


def test_months_want_a_phase_and_a_value_wants_an_indicator(change):
    typed = typed_of(change)
    change_rows(typed, "aggiungi-fase:5")
    typed.phases[-1].values["months"] = [f"{YEAR}-03"]
    change_rows(typed, "aggiungi-indice:COSTO")
    typed.indicators[-1].values["expected"] = ["100"]
    assert wrong(DraftForm(change, typed)) == [
        ("Fase 5, Descrizione della fase", "Scrivere la fase a cui si riferiscono i mesi, o togliere i mesi."),
        ("Indice 1, Indice", "Scrivere l'indice a cui si riferisce il valore, o togliere la riga."),
    ]


def test_a_month_of_another_year_is_refused(change):
    typed = typed_of(change)
    typed.phases[0].values["months"] = ["1999-01"]
    assert wrong(DraftForm(change, typed)) == [
        ("Fase 1, Mesi", f"I mesi sono quelli degli anni {YEAR}–{YEAR + 2} del piano.")
    ]


def test_a_ninth_phase_is_refused(change):
    typed = typed_of(change)
    for slot in range(3, 9):
        change_rows(typed, f"aggiungi-fase:{slot}")
    typed.phases.append(type(typed.phases[0])("00000000-0000-4000-8000-000000000009", {"text": ["Nona"]}, 9))
    assert wrong(DraftForm(change, typed)) == [("Fasi", "Le fasi sono al massimo 8: toglierne.")]


def test_a_corrected_reading_is_stored(change, ufficio):
    typed = typed_of(change)
    typed.indicators[1].values |= {"kind": ["PERCENT"], "number": ["12,5"], "direction": ["AT_MOST"]}
    saved = edit(change, DraftForm(change, typed).content(), by=ufficio)
    stored = saved.indicators.get(family="QUANTITA")
    assert (stored.target_kind, stored.target_number, stored.direction) == ("PERCENT", Decimal("12.5"), "AT_MOST")
    assert form_of(Sheet.objects.get(pk=saved.pk)).families[0].rows[0].reading == (
        "2 → 12,5 %, al massimo (lettura corretta a mano)"
    )


HALF = (
    ({"kind": "DATE"}, "Indicare la data."),
    ({"kind": "COUNT"}, "Indicare il numero."),
    ({"number": "5"}, "Scegliere il tipo di valore."),
    ({"kind": "COUNT", "number": "molti"}, "Scrivere un numero, per esempio 12,5."),
    ({"kind": "DATE", "date": "31/02/2022"}, "Questo giorno non esiste: scriverlo come 31/12/2022."),
    ({"year": "22"}, "Scrivere l'anno con quattro cifre."),
)


def test_half_a_correction_is_refused(change):
    for correction, message in HALF:
        typed = typed_of(change)
        typed.indicators[0].values |= {name: [text] for name, text in correction.items()}
        assert message in [said for _, said in wrong(DraftForm(change, typed))]


def test_of_a_removal_only_the_reason_is_written(plan, ufficio):
    form = form_of(eliminate(sheet_of(plan, 1), by=ufficio), motive="CAUSA_ESTERNA", title="Altro")
    assert form.content().fields == {"motive": "CAUSA_ESTERNA", "motive_text": ""}
    assert form.content().phases is None


def test_a_new_objective_may_take_the_place_of_a_removed_one_of_its_settore(plan, ufficio):
    removed = eliminate(sheet_of(plan, 2), by=ufficio)
    new = insert(plan, removed.sector, by=ufficio)
    field = form_of(new).fields.fields["substitutes"]
    assert [label for _, label in field.choices] == ["nessuno", f"n° 2 {removed.title} (eliminazione proposta)"]
    assert form_of(new, substitutes=str(removed.pk)).content().fields["substitutes"] == removed
    assert wrong(form_of(new, substitutes=str(sheet_of(plan, 1).pk))) == [
        ("Sostituisce l'obiettivo eliminato", "Scegliere una delle schede eliminate del settore.")
    ]


def test_a_change_is_not_offered_a_substitution(change):
    assert "substitutes" not in form_of(change).parts
