"""The commands: what they write, what they say, and that a document that is no act leaves nothing behind."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deliberations.models import Deliberation
from objectives.models import Sheet
from organisation.models import Entity, User
from tests.acts import as_docx, real_data, real_text
from tests.factories import load, written_act, written_sheet

REAL = Path(__file__).parents[1] / "data" / "gc-100-2022.txt"
JSON = REAL.with_suffix(".json")
NOTHING = "L'atto non è stato importato: nulla è cambiato."
pytestmark = pytest.mark.django_db


def run(*words):
    """Run a command as from a terminal. Return what it says: on the terminal, and as errors."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def run_in_vain(*words):
    """Run a command that fails. Return its errors, and the sentence with which it ends (exit status 1)."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as failure:
        call_command(*words, stdout=out, stderr=err)
    assert failure.value.returncode == 1
    return err.getvalue().splitlines(), str(failure.value)


def on_record():
    return Entity.objects.count(), Deliberation.objects.count(), Sheet.objects.count(), Entity.history.count()


# ---- import_act ------------------------------------------------------------------------------------------------------


def test_the_real_act_comes_in_and_its_json_is_the_agreed_one(tmp_path):
    out, err = run("import_act", str(REAL), "--json", str(tmp_path / "out.json"))
    assert (tmp_path / "out.json").read_bytes() == JSON.read_bytes()
    assert out.splitlines()[-2:] == [
        "Nuovo ente: Comune di Caluso («caluso»).",
        "Importata la GC 100/2022: 13 schede, 11 con testo precedente non in archivio.",
    ]
    assert (err, on_record()[:3]) == ("", (1, 4, 25))


def test_what_comes_in_by_a_command_was_done_by_nobody_who_signs_in():
    run("import_act", str(JSON))
    act = Deliberation.objects.get(number=100)
    assert (act.history.latest("history_id").history_user, User.objects.count()) == (None, 0)


def test_a_trial_run_changes_nothing(tmp_path):
    out, _ = run("import_act", str(REAL), "--dry-run", "--json", str(tmp_path / "out.json"))
    assert out.splitlines()[-1] == (
        "Prova riuscita: la GC 100/2022 (13 schede, 11 con testo precedente non in archivio) si può importare. "
        "Nulla è stato salvato."
    )
    assert (tmp_path / "out.json").read_bytes() == JSON.read_bytes()
    assert on_record() == (0, 0, 0, 0)


def test_a_second_time_nothing_changes_whatever_the_kind_of_file(act100, tmp_path):
    before = on_record()
    (tmp_path / "atto.docx").write_bytes(as_docx(real_text()))
    for path in (JSON, tmp_path / "atto.docx"):
        out, _ = run("import_act", str(path))
        assert out.splitlines()[-1] == "La GC 100/2022 era già in archivio, identica: nulla è cambiato."
    assert on_record() == before


def test_the_dates_that_were_missing_are_said_to_be_completed(caluso, tmp_path):
    act = load(written_act(8, "2022-02-07", written_sheet(1)), caluso).act
    dated = written_act(8, "2022-02-07", written_sheet(1), publication_start="2022-02-10")
    (tmp_path / "atto.json").write_text(json.dumps(dated), encoding="utf-8")
    for words, end in ((("--dry-run",), " Nulla è stato salvato."), ((), "")):
        out, _ = run("import_act", str(tmp_path / "atto.json"), *words)
        assert out.splitlines()[-1] == f"La GC 8/2022 era già in archivio: date completate.{end}"
        act.refresh_from_db()
        assert (act.published_on is None) == bool(words)


def test_the_entity_is_found_by_its_name_or_named(caluso, esempio, tmp_path):
    path = tmp_path / "atto.json"
    path.write_text(json.dumps({**real_data(), "entity": "COMUNE DI CALUSO"}), encoding="utf-8")
    errors, _ = run_in_vain("import_act", str(path), "--ente", "esempio")
    assert errors == [
        "E I09: Il documento è di «COMUNE DI CALUSO», non di «Comune di Esempio»: aprire la pagina dell'ente giusto."
    ]
    run("import_act", str(path))
    assert Deliberation.objects.get(number=100).entity == caluso
    assert run_in_vain("import_act", str(path), "--ente", "torino") == (
        [],
        "Non c'è un ente con il nome breve «torino».",
    )


def test_an_act_that_does_not_fit_the_plan_says_why(caluso, tmp_path):
    load(written_act(8, "2022-02-07", written_sheet(1)), caluso)
    path = tmp_path / "atto.json"
    path.write_text(json.dumps(written_act(30, "2022-05-03", written_sheet(1))), encoding="utf-8")
    before = on_record()
    assert run_in_vain("import_act", str(path)) == (
        [
            "E R04: Scheda 1 (FINANZIARIO n° 1): nel piano in vigore c'è già una scheda attiva con questo numero "
            "(FINANZIARIO n° 1)."
        ],
        NOTHING,
    )
    assert on_record() == before


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    missing = str(tmp_path / "manca.txt")
    assert run_in_vain("import_act", missing) == ([], f"Non si può leggere «{missing}»: No such file or directory.")


def changed(old, new):
    """The real act with one place changed."""
    assert old in real_text()
    return real_text().replace(old, new, 1).encode()


BROKEN = {
    "empty": (lambda: b"", "I01"),
    "white space": (lambda: b" \n\t\n", "I01"),
    "binary": (lambda: bytes(range(256)) * 40, "I01"),
    "prose": (lambda: b"Caro sindaco, ti scrivo per il piano.\n" * 20, "I03"),
    "cut in a sheet": (lambda: changed(real_text().partition("CRONOPROGRAMMA")[2], ""), "I03"),
    "weight no number": (lambda: changed("PESO: 25", "PESO: venticinque"), "I04"),
    "weight over 100": (lambda: changed("PESO: 25", "PESO: 125"), "I04"),
    "unknown change": (lambda: changed("ELIMINATO", "SOSPESO"), "I04"),
    "impossible date": (lambda: changed("31/12/2022", "31/02/2022"), "R24"),
    "long line": (lambda: b"A" * 30_000_000, "I02"),
    "script": (lambda: changed("SPORTELLINO", "<script>alert(1)</script>SPORTELLINO"), "I06"),
    "no JSON": (lambda: b'{"format": "caluso-perf/act", ', "I01"),
    "two active": (lambda: JSON.read_bytes().replace(b'"number": 4,', b'"number": 1,', 1), "R04"),
}


@pytest.mark.parametrize(("content", "code"), BROKEN.values(), ids=BROKEN)
def test_a_document_that_is_no_act_is_refused_in_italian_and_leaves_nothing(tmp_path, content, code):
    path = tmp_path / "atto.txt"
    path.write_bytes(content())
    errors, last = run_in_vain("import_act", str(path))
    assert (last, on_record()) == (NOTHING, (0, 0, 0, 0))
    assert f"E {code}" in {error[:5] for error in errors}
    assert {error[:2] for error in errors} == {"E "}
    assert all(error.endswith((".", "?")) and "Traceback" not in error for error in errors)


# ---- export_act, export_plan -----------------------------------------------------------------------------------------


def test_an_act_is_written_as_it_came_in(act100, tmp_path):
    assert run("export_act", "100/2022") == (JSON.read_text(encoding="utf-8"), "")
    run("export_act", "GC 100/2022", "--out", str(tmp_path / "out.json"))
    assert (tmp_path / "out.json").read_bytes() == JSON.read_bytes()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("cento", "«cento» non indica un atto: scriverlo come 100/2022 o GC 100/2022."),
        (
            "7/2022",
            "Non è in archivio la deliberazione 7/2022 di nessun ente. Enti in archivio: caluso.",
        ),
        ("8/2022", "Il testo della GC 8/2022 non è in archivio: è nota solo perché un altro atto la cita."),
    ],
)
def test_an_act_that_cannot_be_written_says_why(act100, asked, sentence):
    assert run_in_vain("export_act", asked) == ([], sentence)


@pytest.mark.parametrize("asked", ["CC 100/2022", "c.c. 100/2022", "Consiglio Comunale 100/2022"])
def test_an_act_is_found_by_its_body_too(act100, asked):
    council = load(written_act(100, "2022-11-03", written_sheet(7), body="Consiglio Comunale"), act100.entity).act
    out, _ = run("export_act", asked)
    assert json.loads(out)["act"]["date"] == f"{council.session_on}"
    assert run_in_vain("export_act", "100/2022")[1] == (
        "Più organi hanno la deliberazione 100/2022: scrivere CC 100/2022 o GC 100/2022."
    )
    assert run_in_vain("export_act", "Commissario 100/2022")[1].startswith("Non è in archivio la deliberazione")


def test_where_two_entities_have_the_act_one_has_to_be_named(act100, esempio):
    load({**real_data(), "entity": "Comune di Esempio"}, esempio)
    assert run_in_vain("export_act", "100/2022") == (
        [],
        "Più enti hanno la deliberazione 100/2022: aggiungere --ente e uno di questi nomi brevi: caluso, esempio.",
    )
    out, _ = run("export_act", "100/2022", "--ente", "esempio")
    assert json.loads(out)["entity"] == "Comune di Esempio"


def exported(*words):
    """Number and weight of the sheets of FINANZIARIO in an exported plan."""
    data = json.loads(run("export_plan", "2022", *words)[0])
    return [(s["number"], s["weight"]) for s in data["sheets"] if s["sector"].endswith("FINANZIARIO")]


BEFORE, AFTERWARDS = [(1, None), (2, 25), (4, None)], [(1, 25), (2, 25), (4, 15)]


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        (("--on", "2022-10-17"), BEFORE),
        (("--on", "17/10/2022"), BEFORE),
        (("--on", "2022-10-18"), AFTERWARDS),
        (("--after", "8/2022"), BEFORE),
        (("--after", "100/2022"), AFTERWARDS),
        ((), AFTERWARDS),
        (("--on", "2021-12-31"), []),
    ],
)
def test_a_plan_is_written_as_it_stands_at_a_moment(act100, words, plan):
    assert exported(*words) == plan


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("1999",), "Non è in archivio un piano per il 1999 di nessun ente. Enti in archivio: caluso."),
        (
            ("2022", "--ente", "torino"),
            "Non è in archivio un piano per il 2022 dell'ente «torino». Enti in archivio: caluso.",
        ),
        (("2022", "--out", "/nessuna/cartella"), "Non si può scrivere «/nessuna/cartella»: No such file or directory."),
    ],
)
def test_a_plan_that_cannot_be_written_says_why(act100, words, sentence):
    assert run_in_vain("export_plan", *words) == ([], sentence)


def test_an_impossible_day_is_no_moment(act100):
    with pytest.raises(CommandError, match="«2022-02-30» non è una data: scriverla come 2022-10-31 o 31/10/2022"):
        run("export_plan", "2022", "--on", "2022-02-30")
