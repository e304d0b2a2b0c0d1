"""What the real act is warned about, rule by rule and line by line; and what each rule says of other acts."""

import json
from decimal import Decimal
from typing import Any

import pytest

from objectives.importing.findings import Rules
from objectives.importing.reading import read_document
from organisation.counting import Counting
from tests.acts import real_data, real_text

REAL = read_document(real_text().encode())


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("R01", [149, 328, 417, 507, 647, 690]),
        ("R02", [195]),
        ("R09", [42]),
        ("R12", []),
        ("R13", []),
        ("R14", []),
        ("R15", []),
        ("R16", [123]),
        ("R18", []),
        ("R19", [123]),
        ("R20", [693]),
        ("R23", []),
        ("R24", [175, 443, 533, 716]),
        ("R25", [389, 478, 568, 569, 570, 615, 616, 617, 618]),
        ("R26", [163, 166, 169, 342, 345, 348, 431, 434, 437, 521, 524, 527, 662, 704, 707, 710]),
        ("R27", [297, 298, 615, 616]),
        ("R28", [17]),
        ("I05", []),
        ("I07", [153, 302, 609, 694]),
        ("I08", [3]),
    ],
)
def test_the_real_act_is_warned_about_on_these_lines(code: str, lines: list[int]) -> None:
    assert sorted(finding.line or 0 for finding in REAL.findings if finding.code == code) == lines


def test_the_motives_missing_in_the_real_act() -> None:
    motives = [finding for finding in REAL.findings if finding.code == "R07"]
    assert [finding.line for finding in motives if finding.severity == "W"] == [379, 468, 605]
    assert [finding.line for finding in motives if "sostituita" in finding.message] == [239]
    assert not {558, 652} & {finding.line for finding in motives}


def test_the_sentences_are_whole() -> None:
    told = {finding.code: finding.message for finding in REAL.findings}
    assert told["R02"] == "FINANZIARIO: pesi eliminati −25, inseriti +25, effetto netto 0."
    assert told["R16"] == "L'ultimo giorno di pubblicazione è il 20/02/2023 (15 giorni)."
    assert told["R19"] == "La pubblicazione è avvenuta 111 giorni dopo la seduta, oltre i 30 giorni d'uso."
    assert [f.message for f in REAL.findings if f.line == 389] == [
        "31-dic → 31/12/2022: l'anno non è scritto, è quello del piano; confermare."
    ]


def told(code: str, **act: Any) -> list[str]:
    """What is said under a code of the real act with other data."""
    return of(code, real_data() | {"act": real_data()["act"] | act})


def of(code: str, data: dict[str, Any]) -> list[str]:
    reading = read_document(json.dumps(data).encode())
    assert reading.errors == []
    return [finding.message for finding in reading.findings if finding.code == code]


def test_r12_votes_add_up_to_the_present() -> None:
    assert told("R12", vote="FAVOREVOLI 3, CONTRARI 1, ASTENUTI 0") == []
    assert told("R12", vote="FAVOREVOLI 3, CONTRARI 2, ASTENUTI 0") == ["I voti sono 5, i presenti 4: controllare."]
    assert told("R12", members=[]) == ["L'atto non elenca presenti e assenti: completarli."]


def test_r12_the_totals_written_agree_with_the_list() -> None:
    reading = read_document(real_text().replace("Totale Presenti **4**", "Totale Presenti **5**").encode())
    assert [f.message for f in reading.findings if f.code == "R12"] == [
        "L'atto dice 5 presenti, l'elenco ne ha 4: controllare."
    ]


def test_r13_wants_a_majority_of_the_members() -> None:
    assert told("R13", vote="FAVOREVOLI 2, CONTRARI 2, ASTENUTI 0") == [
        "I favorevoli all'immediata eseguibilità sono 2 su 5: non è la maggioranza dei componenti (art. 134, c. 4)."
    ]


def test_r14_an_opinion_after_the_vote() -> None:
    late = [opinion | {"date": "2022-10-19"} for opinion in real_data()["act"]["opinions"][:1]]
    assert told("R14", opinions=late) == [
        "Il parere di regolarità tecnica è successivo alla seduta: controllare le date."
    ]
    assert told("R11", opinions=late) == [
        "Non si trova il parere di regolarità contabile (TUEL, art. 49): controllare l'atto."
    ]


def test_r15_a_certified_day_that_is_not_the_computed_one() -> None:
    assert told("R15", enforceable_on="2023-02-16") == [
        "L'esecutività certificata (16/02/2023) non è quella calcolata dalla pubblicazione (17/02/2023): "
        "resta quella certificata, serve una nota."
    ]


def test_r18_capigruppo_on_another_day() -> None:
    assert told("R18", group_leaders_informed_on="2023-02-07") == [
        "La comunicazione ai capigruppo non è del giorno di inizio della pubblicazione: controllare."
    ]


def test_r28_a_session_after_the_plan_s_year() -> None:
    late = told("R28", date="2023-01-10", year=2023, publication_start=None, enforceable_on=None)
    assert late == ["La seduta del 10/01/2023 è successiva all'anno del piano (2022): controllare."]


def test_r20_knows_a_person_with_and_without_title() -> None:
    data = real_data()
    data["sheets"] = [data["sheets"][0] | {"manager": "Dott. IVALDI Ezio"}]
    assert len(of("R20", data)) == 1


def test_r23_and_r31_on_a_sheet() -> None:
    data = real_data()
    bare = data["sheets"][0] | {"phases": [], "indicators": [{**data["sheets"][0]["indicators"][0], "expected": ""}]}
    bare["staff"] = [{"category": "C", "name": "Ugo BLU", "share": "120%"}]
    data["sheets"] = [bare]
    assert of("R23", data) == [
        "Scheda 1 (FINANZIARIO n° 1): nessuna fase.",
        "Scheda 1 (FINANZIARIO n° 1): a un indicatore manca il valore atteso.",
    ]
    assert of("R31", data) == ["Scheda 1 (FINANZIARIO n° 1): la partecipazione «120%» non è fra 0 e 100."]


def test_r07_is_satisfied_by_a_motive() -> None:
    data = real_data()
    data["sheets"] = [data["sheets"][5] | {"motive": "CAUSA_ESTERNA", "motive_text": "atti notarili rinviati"}]
    assert of("R07", data) == []


def test_a_double_space_is_told() -> None:
    reading = read_document(real_text().replace("Messa in atto delle", "Messa in  atto delle").encode())
    assert [str(f) for f in reading.findings if "Doppio" in f.message] == [
        "W I07 (riga 203): Doppio spazio in «Messa in atto delle azioni»: forse un refuso."
    ]
    assert reading.data == real_data()


def test_each_entity_and_plan_has_rules_of_its_own() -> None:
    own = Rules(Counting.FIRST_DAY_INCLUDED, 111, Decimal(40), Decimal(1), "10-18")
    reading = read_document(real_text().encode(), rules=lambda *plan: {("Comune di Caluso", 2022): own}[plan])
    told = {code: [f.message for f in reading.findings if f.code == code] for code in ("R01", "R15", "R19", "R28")}
    assert (told["R19"], told["R28"]) == ([], [])
    assert told["R15"] == [
        "L'esecutività certificata (17/02/2023) non è quella calcolata dalla pubblicazione (16/02/2023): "
        "resta quella certificata, serve una nota."
    ]
    assert all("non 40 (il resto" in message for message in told["R01"])
    free = read_document(real_text().encode(), rules=lambda *_plan: Rules(weight_total=None, late_after_days=110))
    assert [f.message for f in free.findings if f.code in {"R01", "R19"}] == [
        "La pubblicazione è avvenuta 111 giorni dopo la seduta, oltre i 110 giorni d'uso."
    ]


def test_of_findings_without_end_the_first_are_told_and_the_others_counted() -> None:
    data = real_data() | {f"voce {number}": 1 for number in range(20_000)}
    reading = read_document(json.dumps(data).encode())
    assert (len(reading.errors), reading.errors[-1].message) == (201, "… e altri 19800.")
