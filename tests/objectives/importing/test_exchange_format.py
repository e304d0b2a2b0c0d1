"""The exchange format: what we accept is what the published schema accepts, and each fault has its sentence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from objectives.importing.exchange_format import problems
from objectives.importing.reading import read_document
from tests.acts import real_data

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "exchange.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
EMPTY_REVIEW = dict.fromkeys(("date", "value_average", "time_average", "causes", "effects", "taken", "to_take"), "")


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_real_act_fits_the_schema_and_our_checks() -> None:
    assert list(VALIDATOR.iter_errors(real_data())) == []
    assert problems(real_data()) == []


def test_the_optional_keys_fit_too() -> None:
    data = real_data()
    review = {"round": "FINALE"} | EMPTY_REVIEW | {"causes": "gara deserta"}
    data["sheets"][0] |= {"motive": "SLITTAMENTO", "motive_text": "gara deserta", "reviews": [review]}
    data["sheets"][0]["weight"] = 12.5
    assert list(VALIDATOR.iter_errors(data)) == []
    assert read_document(json.dumps(data).encode()).data == data


def put(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of the act at a path; None takes the key away."""

    def change(data: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
        place: Any = data
        for step in way:
            place = place[step]
        if value is REMOVED:
            del place[last]
        else:
            place[last] = value

    return change


REMOVED = object()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("format", "altro", "Documento: il formato «altro» non è fra quelli previsti (caluso-perf/act)."),
        ("version", 2, "Documento: la versione del formato «2» non è fra 1 e 1."),
        ("entity", "", "Documento: il nome dell'ente manca."),
        ("act", [], "Atto: ha una forma che il formato non prevede."),
        ("act.number", REMOVED, "Atto: manca il numero della deliberazione («number»)."),
        ("act.number", True, "Atto: il numero della deliberazione «True» non è un numero intero."),
        ("act.number", 10**30, f"Atto: il numero della deliberazione «{10**30}» non è fra 1 e 99999."),
        ("act.date", "2022-02-31", "Atto: la data della seduta «2022-02-31» non è una data possibile."),
        ("act.date", None, "Atto: la data della seduta manca."),
        ("act.time", "25:00", "Atto: l'ora della seduta «25:00» non è un'ora (HH:MM)."),
        ("act.members.1.present", "forse", "Atto, componente 2: la presenza «forse» non è sì o no (true, false)."),
        (
            "act.opinions.0.kind",
            "ALTRO",
            "Atto, parere 1: il tipo di parere «ALTRO» non è fra quelli previsti (TECNICA, CONTABILE).",
        ),
        ("act.cites", {}, "Atto, atto citato: l'elenco ha una forma che il formato non prevede."),
        ("act.extra", 1, "Atto: la voce «extra» non è prevista dal formato."),
        ("plan.triennium", [2024, 2022], "Piano: il triennio finisce prima di cominciare."),
        ("sheets", [], "Il documento non contiene nessuna scheda obiettivo."),
        ("sheets.2", "x", "Scheda 3: ha una forma che il formato non prevede."),
        ("sheets.0.weight", 100.5, "Scheda 1 (FINANZIARIO n° 1): il peso «100.5» non è fra 0 e 100."),
        ("sheets.0.weight", 1.234, "Scheda 1 (FINANZIARIO n° 1): il peso «1.234» ha più di due decimali."),
        ("sheets.0.title", "", "Scheda 1 (FINANZIARIO n° 1): il titolo dell'obiettivo manca."),
        ("sheets.0.phases.1.slot", 9, "Scheda 1 (FINANZIARIO n° 1), fase 2: il posto «9» non è fra 1 e 8."),
        (
            "sheets.0.phases.1.months",
            ["2022-13"],
            "Scheda 1 (FINANZIARIO n° 1), fase 2: i mesi non sono un elenco di mesi (AAAA-MM).",
        ),
        (
            "sheets.0.staff",
            [{"category": "C"}],
            "Scheda 1 (FINANZIARIO n° 1), personale, riga 1: manca il nome («name»).",
        ),
    ],
)
def test_each_fault_has_its_sentence_and_the_schema_refuses_it_too(path: str, value: Any, sentence: str) -> None:
    data = real_data()
    put(path, value)(data)
    assert sentence in [problem.message for problem in problems(data)]
    beyond_schema = path == "plan.triennium" or value == 1.234
    assert bool(list(VALIDATOR.iter_errors(data))) is not beyond_schema


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("sheets.0.phases.1.slot", 1, "Scheda 1 (FINANZIARIO n° 1): il posto 1 è occupato da due fasi."),
        (
            "sheets.0.phases.1.months",
            ["2025-01"],
            "Scheda 1 (FINANZIARIO n° 1), fase 2: il mese 2025-01 è fuori dagli anni 2022–2024 del piano.",
        ),
        ("act.opinions.1.kind", "TECNICA", "Atto: il parere TECNICA è scritto due volte: lasciarne uno."),
        ("act.enforceable_on", "2022-01-01", "Atto: l'esecutività precede la seduta; controllare le date."),
        (
            "act.cites.0.date",
            "2022-10-19",
            "Atto: l'atto citato (Giunta Comunale 8/2022) è posteriore alla seduta; controllare le date.",
        ),
        (
            "act.cites.1",
            {"number": 8, "year": 2022, "date": None},
            "Atto: l'atto citato Giunta Comunale 8/2022 è scritto due volte: lasciarne uno.",
        ),
    ],
)
def test_what_a_schema_cannot_say_is_checked_all_the_same(path: str, value: Any, sentence: str) -> None:
    data = real_data()
    put(path, value)(data)
    assert sentence in [problem.message for problem in problems(data)]


def clashes(*changes: str) -> list[tuple[str, str]]:
    """What is said of sheets of one settore and number that do this."""
    data = real_data()
    sheet = next(sheet for sheet in data["sheets"] if sheet["change"] == "INSERITO")
    data["sheets"] = [{**sheet, "change": change} for change in changes]
    return [(problem.code, problem.path) for problem in problems(data)]


@pytest.mark.parametrize("changes", [("ELIMINATO", "INSERITO"), ("INSERITO", "ELIMINATO")])
def test_an_inserted_sheet_takes_the_number_of_an_eliminated_one(changes: tuple[str, ...]) -> None:
    assert clashes(*changes) == []


@pytest.mark.parametrize(
    "changes",
    [
        ("ELIMINATO", "MODIFICATO"),
        ("MODIFICATO", "ELIMINATO"),
        ("MODIFICATO", "INSERITO"),
        ("INSERITO", "INSERITO"),
        ("ELIMINATO", "ELIMINATO"),
    ],
)
def test_no_other_two_sheets_share_a_number(changes: tuple[str, ...]) -> None:
    assert clashes(*changes) == [("R04", "sheets.1")]


def test_an_act_of_another_body_may_have_the_number_of_a_cited_one() -> None:
    data = real_data()
    data["act"]["cites"][1] = {**data["act"]["cites"][0], "body": "Consiglio Comunale"}
    assert (problems(data), list(VALIDATOR.iter_errors(data))) == ([], [])


def test_a_responsabile_has_as_many_letters_as_the_archive_keeps() -> None:
    data = real_data()
    data["sheets"][0]["manager"] = "DR. " + "A" * 147
    assert len(problems(data)) == len(list(VALIDATOR.iter_errors(data))) == 1


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, {"sheets": 3}, {"act": {"members": 1}, "sheets": [None]}])
def test_what_is_no_act_at_all_is_said_to_be_none(value: Any) -> None:
    assert problems(value) != []


def test_json_texts_are_tidied_and_scripts_refused() -> None:
    data = real_data()
    data["sheets"][0]["title"] = "SPORTELLINO  UNICO\u00a0TELEMATICO "
    assert read_document(json.dumps(data).encode()).data == real_data()
    data["sheets"][0]["title"] = "<script>alert(1)</script>"
    assert [finding.code for finding in read_document(json.dumps(data).encode()).errors] == ["I06"]
    data["sheets"][0]["title"] = "\ud800 mezzo carattere \x00"
    reading = read_document(json.dumps(data).encode())
    assert reading.data is not None
    assert reading.data["sheets"][0]["title"] == "? mezzo carattere"
