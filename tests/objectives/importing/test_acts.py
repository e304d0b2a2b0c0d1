"""The act itself: other towns say the same in other words."""

from typing import Any

import pytest

from objectives.importing.reading import read_document
from tests.acts import real_text


def act(*changes: tuple[str, str]) -> dict[str, Any]:
    text = real_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    reading = read_document(text.encode())
    assert reading.errors == []
    assert reading.data is not None
    return reading.data["act"]


SESSION = "L'anno **duemilaventidue**, addì **diciotto**, del mese di **ottobre**, alle ore **18:00**"


@pytest.mark.parametrize(
    ("opening", "day", "hour"),
    [
        (
            "L'anno duemila ventidue il giorno diciotto del mese di ottobre alle ore diciotto e trenta",
            "2022-10-18",
            "18:30",
        ),
        ("L'anno 2022, addì 18 del mese di ottobre, alle ore 18.30", "2022-10-18", "18:30"),
        ("Nell'anno 2022 il giorno 18 ottobre alle ore 9 e minuti 5", "2022-10-18", "09:05"),
        ("L'ANNO DUEMILAVENTIDUE ADDI' PRIMO DEL MESE DI SETTEMBRE ALLE ORE 12,00", "2022-09-01", "12:00"),
        ("L'anno duemilaventidue, il giorno martedì ventuno del mese di giugno", "2022-06-21", None),
    ],
)
def test_the_session_is_dated_in_words_or_digits(opening: str, day: str, hour: str | None) -> None:
    read = act((SESSION, opening), ("Caluso, 18/10/2022", ""))
    assert (read["date"], read["time"], read["year"]) == (day, hour, 2022)


@pytest.mark.parametrize(
    "number", ["N. 100", "n° 100/2022", "DELIBERAZIONE N. 100 DEL 18/10/2022", "Numero 100", "Nr. 100 Reg. Delib."]
)
def test_the_number_is_read_in_any_of_its_forms(number: str) -> None:
    read = act(("N. 100\n", f"{number}\n"))
    assert (read["number"], read["year"]) == (100, 2022)


def test_a_body_that_is_not_the_giunta() -> None:
    assert act(("DELLA GIUNTA COMUNALE\n", "DEL CONSIGLIO COMUNALE\n"))["body"] == "Consiglio Comunale"


def test_an_act_not_yet_published_has_no_dates() -> None:
    read = act(
        ("decorrenza dal 06-02-2023", "decorrenza dal ________"),
        ("Caluso li 06-02-2023\n\nIl Messo", "Caluso li ______\n\nIl Messo"),
        ("pubblicazione\nCaluso li 06-02-2023", "pubblicazione\nCaluso li ______"),
        ("Divenuta esecutiva in data 17-02-2023", "Divenuta esecutiva in data ______"),
        ("Caluso li 17-02-2023", "Caluso li ______"),
    )
    keys = ("publication_start", "group_leaders_informed_on", "enforceable_on")
    assert [read[key] for key in keys] == [None, None, None]


def test_presence_may_have_a_column_for_each() -> None:
    text = real_text().replace("Carica\tPr./As.", "Carica\tPresente\tAssente")
    text = text.replace("\tPresente\n", "\tX\t\n").replace("\tAssente\nGiu", "\t\tX\nGiu")
    reading = read_document(text.encode())
    assert reading.data is not None
    assert [member["present"] for member in reading.data["act"]["members"]] == [True, False, True, True, True]


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ("CON VOTI favorevoli unanimi", "UNANIME"),
        ("Con voti favorevoli n. 3, contrari n. 1 (Podio), astenuti nessuno", "FAVOREVOLI 3, CONTRARI 1, ASTENUTI 0"),
        ("Con tre voti favorevoli e uno contrario", "FAVOREVOLI 3, CONTRARI 1, ASTENUTI 0"),
        ("Ad unanimità di voti", "UNANIME"),
    ],
)
def test_the_vote_is_the_body_s_and_not_the_proposer_s(vote: str, expected: str) -> None:
    assert (
        act(("CON VOTI favorevoli unanimi", vote), ("CON voti unanimi e favorevoli", "CON voti favorevoli 9"))["vote"]
        == expected
    )


def test_an_act_that_is_not_declared_immediately_enforceable() -> None:
    assert act(("è dichiarato immediatamente", "non è dichiarato immediatamente"))["immediately_enforceable"] is False


def test_the_reason_of_immediate_enforceability_is_kept_beside() -> None:
    details = read_document(real_text().encode()).details
    assert details["immediate_vote"] == "UNANIME"
    assert details["immediate_reason"].startswith("considerata l'urgenza di dare immediata attuazione")


def test_both_opinions_given() -> None:
    accounting = "Parere contrario in ordine alla regolarità contabile.\nIl Responsabile Finanziario\n"
    accounting += "F.to Danilo BERTOLDI\nCaluso, 17/10/2022\n\nLA GIUNTA COMUNALE\n\nVISTA"
    read = act(("LA GIUNTA COMUNALE\n\nVISTA", accounting))
    assert read["opinions"][1] == {
        "kind": "CONTABILE",
        "outcome": "CONTRARIO",
        "signer": "Danilo BERTOLDI",
        "date": "2022-10-17",
    }


def test_the_amended_act_comes_first_and_laws_are_no_acts() -> None:
    read = act(
        (
            "RICHIAMATA la deliberazione della Giunta Comunale n. 8 del 07/02/2022",
            "RICHIAMATA la GC n. 9/2021 e la deliberazione di Giunta n. 8 del 07/02/2022",
        )
    )
    cited = [(act["number"], act["year"], act["date"]) for act in read["cites"]]
    assert cited == [(8, 2022, "2022-02-07"), (9, 2021, None), (1, 2022, "2022-01-10"), (33, 2019, "2019-04-02")]


def test_a_certificate_that_names_a_law_is_dated_by_itself() -> None:
    old = "viene pubblicata all' albo Pretorio del Comune per 15 giorni consecutivi e con decorrenza dal 06-02-2023"
    new = "ai sensi dell'art. 32 della Legge 18/06/2009 n. 69 viene pubblicata all'albo pretorio "
    new += "dal 06/02/2023 al 20/02/2023"
    read = act((old, new))
    assert (read["publication_start"], read["publication_days"]) == ("2023-02-06", 15)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Assiste il Segretario Generale Ezio IVALDI.", "Ezio IVALDI"),
        (
            "Partecipa alla seduta il Segretario Comunale Dott.ssa Anna VERDI, la quale verbalizza.",
            "Dott.ssa Anna VERDI",
        ),
        ("Con l'assistenza della Segretaria Comunale: Anna VERDI", "Anna VERDI"),
    ],
)
def test_who_assists(sentence: str, name: str) -> None:
    assert act(("Assiste il Segretario Generale **Ezio IVALDI**.", sentence))["secretary"] == name


@pytest.mark.parametrize(
    "words",
    ["la deliberazione del Consiglio Comunale n. 33 del 02/04/2019", "la C.C. n. 33/2019 del 02/04/2019"],
)
def test_a_cited_act_of_another_body_says_which(words: str) -> None:
    read = act(("la deliberazione della Giunta Comunale n. 33 del 02/04/2019", words))
    assert read["cites"][2] == {"number": 33, "year": 2019, "date": "2019-04-02", "body": "Consiglio Comunale"}
    assert ["body" in cited for cited in read["cites"]] == [False, False, True]
