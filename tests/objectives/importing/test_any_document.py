"""No document makes the reading fail; no act loses anything on its way through text, .docx or JSON."""

import json
from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from objectives.importing.findings import Limits, Reading
from objectives.importing.reading import read_document
from tests.acts import as_docx, real_data, real_text, write_act

REAL = real_text().encode()
DOCX = as_docx(real_text())


def sound(reading: Reading) -> None:
    """What every reading keeps: data or errors, each error a sentence, JSON-clean data that reads again as itself."""
    assert (reading.data is None) == bool(reading.errors)
    assert all(finding.message.strip() and finding.severity in "EWI" for finding in reading.findings)
    if reading.data is not None:
        assert read_document(json.dumps(reading.data).encode()).data == reading.data


@settings(max_examples=25, deadline=None)
@given(
    st.binary(max_size=2000), st.sampled_from([b"", b"%PDF-1.4 ", b"PK\x03\x04", b"{", b"\xef\xbb\xbf", b"\xff\xfe"])
)
@example(b"", b"")
def test_arbitrary_bytes(content: bytes, start: bytes) -> None:
    sound(read_document(start + content, limits=Limits(max_seconds=5)))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(REAL)))
def test_the_real_act_cut_anywhere(length: int) -> None:
    sound(read_document(REAL[:length]))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(REAL) - 1), st.integers(0, 255)), max_size=20))
def test_the_real_act_with_bytes_changed(changes: list[tuple[int, int]]) -> None:
    content = bytearray(REAL)
    for position, byte in changes:
        content[position] = byte
    sound(read_document(bytes(content)))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 734), st.integers(0, 734)), max_size=10))
def test_the_real_act_with_lines_swapped(swaps: list[tuple[int, int]]) -> None:
    lines = real_text().split("\n")
    for one, other in swaps:
        lines[one], lines[other] = lines[other], lines[one]
    sound(read_document("\n".join(lines).encode()))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, len(DOCX) - 1), st.integers(0, 255), st.booleans())
def test_a_damaged_docx(position: int, byte: int, cut: bool) -> None:
    content = DOCX[:position] if cut else DOCX[:position] + bytes([byte]) + DOCX[position + 1 :]
    sound(read_document(content))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["act", "plan", "sheets", "number", "x"]), inner)
    ),
    max_leaves=12,
)
PATHS = [
    ("act",),
    ("plan",),
    ("sheets",),
    ("sheets", 0),
    ("sheets", 0, "phases"),
    ("sheets", 0, "indicators", 0),
    ("act", "cites"),
]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PATHS), JSON)
def test_the_exchange_form_with_any_value_anywhere(path: tuple[Any, ...], value: Any) -> None:
    data = real_data()
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    sound(read_document(json.dumps(data).encode()))


# through text and back

WORDS = [
    "attività",
    "l'Ente",
    "E' previsto",
    "entro",
    "Sportello",
    "(SUT)",
    "100%",
    "n. 3",
    "di Caluso",
    "perché",
    "«nuovo»",
    "2.8",
    "–",
    "€",
]
sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
maybe = sentence | st.just("")
name = st.sampled_from(["Maria Rosa CENA", "Dario ACTIS FOGLIZZO", "Anna D'ANGELO", "Nicolò PIÙ"])
day = st.dates(date(2021, 1, 1), date(2024, 12, 31)).map(str)
VALUES = ["1", "100%", "31-dic", "72,19%", "nessuna", "2 giornate", "15/05/22", ""]


@st.composite
def phases(draw: st.DrawFn) -> list[dict[str, Any]]:
    slots = sorted(draw(st.sets(st.integers(1, 8), max_size=8)))
    months = st.sets(st.tuples(st.integers(2022, 2024), st.integers(1, 12)), max_size=5)
    return [
        {"slot": slot, "text": draw(sentence), "months": [f"{y}-{m:02d}" for y, m in sorted(draw(months))]}
        for slot in slots
    ]


def indicators(family: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries(
        {"family": st.just(family), "text": sentence, "expected": st.sampled_from(VALUES)}
        | {"achieved": st.sampled_from(VALUES), "deviation": st.sampled_from(["", "+1", "-3%"])}
    )
    return st.lists(row, max_size=3)


@st.composite
def reviews(draw: st.DrawFn) -> list[dict[str, Any]]:
    keys = ("date", "value_average", "time_average", "causes", "effects", "taken", "to_take")
    values = st.fixed_dictionaries(dict.fromkeys(keys, maybe)).filter(lambda found: any(found.values()))
    return [{"round": name} | draw(values) for name in ("INTERMEDIA", "FINALE") if draw(st.booleans())]


@st.composite
def sheets(draw: st.DrawFn, number: int) -> dict[str, Any]:
    sheet = {
        "sector": draw(st.sampled_from(["FINANZIARIO", "SETTORE TECNICO, PATRIMONIO ED ATTIVITA' PRODUTTIVE"])),
        "manager": draw(st.sampled_from(["DR. DANILO BERTOLDI", "ARCH. CHRISTIAN AUGUSTI"])),
        "kind": draw(st.sampled_from(["STRATEGICO", "GESTIONALE"])),
        "number": number,
        "weight": draw(st.integers(0, 100) | st.sampled_from([12.5, 0.25])),
        "change": draw(st.sampled_from(["INSERITO", "MODIFICATO", "ELIMINATO"])),
        "title": draw(sentence),
        "description": "\n\n".join(draw(st.lists(sentence, max_size=3))),
        "dup_link": draw(maybe),
        "phases": draw(phases()),
        "indicators": [row for family in ("QUANTITA", "TEMPO", "COSTO", "QUALITA") for row in draw(indicators(family))],
        "staff": [
            {"category": "D", "name": draw(name), "share": draw(st.sampled_from(["50", "33,3%", ""]))}
            for _ in range(draw(st.integers(0, 2)))
        ],
    }
    printed = draw(reviews())
    return sheet | ({"reviews": printed} if printed else {})


@st.composite
def acts(draw: st.DrawFn) -> dict[str, Any]:
    session, published = sorted([draw(day), draw(day)])
    is_published = draw(st.booleans())
    opinion = {"outcome": draw(st.sampled_from(["FAVOREVOLE", "CONTRARIO"])), "signer": draw(name), "date": session}
    act = {
        "body": draw(st.sampled_from(["Giunta Comunale", "Giunta dell'Unione"])),
        "number": draw(st.integers(1, 999)),
        "year": int(session[:4]),
        "date": session,
        "time": draw(st.sampled_from(["18:00", "09:05", None])),
        "subject": draw(sentence),
        "members": [{"name": draw(name), "office": "Assessore", "present": draw(st.booleans())} for _ in range(3)],
        "secretary": draw(name),
        "proposer": draw(st.none() | name),
        "opinions": [{"kind": "TECNICA"} | opinion, {"kind": "CONTABILE"} | opinion],
        "vote": draw(st.sampled_from(["UNANIME", "FAVOREVOLI 3, CONTRARI 1, ASTENUTI 0"])),
        "immediately_enforceable": draw(st.booleans()),
        "publication_start": published if is_published else None,
        "publication_days": 15 if is_published else None,
        "group_leaders_informed_on": published if is_published else None,
        "enforceable_on": published if is_published else None,
        "cites": [
            {"number": 1000 + i, "year": 2020, "date": draw(st.sampled_from([None, "2020-02-07"]))} for i in range(2)
        ],
    }
    plan = {"year": 2022, "triennium": [2022, 2024]}
    printed = [draw(sheets(number)) for number in range(1, draw(st.integers(1, 4)) + 1)]
    head = {"format": "caluso-perf/act", "version": 1, "entity": "Comune di Esempio"}
    return head | {"act": act, "plan": plan, "sheets": printed}


@settings(max_examples=25, deadline=None)
@given(acts())
def test_an_act_written_as_text_comes_back_the_same(data: dict[str, Any]) -> None:
    reading = read_document(write_act(data).encode())
    assert [str(error) for error in reading.errors] == []
    assert reading.data == data


@settings(max_examples=12, deadline=None)
@given(acts())
def test_an_act_written_as_docx_or_json_comes_back_the_same(data: dict[str, Any]) -> None:
    assert read_document(as_docx(write_act(data))).data == data
    assert read_document(json.dumps(data).encode()).data == data
