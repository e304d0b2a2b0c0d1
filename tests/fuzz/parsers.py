"""Every place where the program reads what people wrote or brought, as one function of bytes each.

A parser answers, or refuses in the way it says of itself: those refusals are caught here, and nothing else is.
"""

import contextlib
import json
from collections.abc import Callable

from django.http import QueryDict

from documents.codes import read_code
from documents.file_types import file_name, mime_of
from documents.signatures.found import Refused
from documents.signatures.reading import read_signed
from documents.workbooks import NotAWorkbook, read_workbook
from evaluations.papers.report.outside import NotAcceptable, checked
from evaluations.scoring import read_achieved
from objectives.choices import Family, TargetKind
from objectives.importing.findings import Limits
from objectives.importing.reading import read_document
from objectives.italian_dates import find_dates
from objectives.searching import mark, words_of
from objectives.targets import label_year, read_target
from organisation.logos import read_logo
from publication.api.asking import PARAMETERS, read_question
from publication.api.problems import Problem

LIMITS = Limits(max_seconds=5)
ORIGINAL = b"il documento " * 30
"""What the envelope of the corpus holds."""
NAMES = ("a.pdf", "a.p7m", "a.png", "a.jpg", "a.txt", "a.csv", "a.xlsx", "a.docx", "a.odt", "a.ods", "a.eml")


def text(content: bytes) -> str:
    """What a browser would have sent: any text."""
    return content.decode("utf-8", "replace")


def act(content: bytes) -> None:
    """An act, of whatever kind its content shows: data or errors, and JSON-clean data that reads again as itself."""
    reading = read_document(content, limits=LIMITS)
    assert (reading.data is None) == bool(reading.errors)
    assert all(finding.message.strip() for finding in reading.findings)
    if reading.data is not None:
        assert read_document(json.dumps(reading.data).encode()).data == reading.data


def workbook(content: bytes) -> None:
    """A workbook with sheets."""
    with contextlib.suppress(NotAWorkbook):
        read_workbook(content, 50)


def expected(content: bytes) -> None:
    """An expected value, of any family; whatever it is taken for is explained in words."""
    for family in Family.values:
        assert read_target(text(content), family=family, plan_year=2022).explain()
    label_year(text(content), 2022)


def achieved(content: bytes) -> None:
    """An achieved value, for whatever kind was expected."""
    for kind in TargetKind.values:
        read = read_achieved(text(content), kind=kind, family="TEMPO", plan_year=2022)
        assert read.explain() or not text(content).strip()


def dates(content: bytes) -> None:
    """The dates in a text; whether a day is one of the calendar is asked of each, and not all are."""
    for written in find_dates(text(content)):
        assert written.text


def query(content: bytes) -> None:
    """Words to search for; what is marked is the text, whole but for its white space."""
    whole = " ".join(text(content).split())
    pieces = mark(whole, words_of(whole[:20]))
    assert "".join(piece.text for piece in pieces) == whole


def question(content: bytes) -> None:
    """What stands after the ? of the public interface."""
    with contextlib.suppress(Problem):
        read_question(QueryDict(content[:2000]), tuple(PARAMETERS))


def code(content: bytes) -> None:
    """The code on a printed document; read twice it is the same."""
    found = read_code(text(content))
    assert found is None or read_code(found) == found


def signed(content: bytes) -> None:
    """A file that came back signed, whether or not it begins as the document does."""
    for original in (ORIGINAL, content[: len(content) // 2]):
        with contextlib.suppress(Refused):
            read_signed(original, content)


def brought(content: bytes) -> None:
    """A file that proves a result or is enclosed, under every name that is let in, and a name of any kind."""
    for name in NAMES:
        mime_of(name, content)
    cleaned = file_name(text(content))
    assert cleaned
    assert not {"/", "\\", "\0", "\n"} & set(cleaned)


def report(content: bytes) -> None:
    """The Relazione as a PDF from outside."""
    with contextlib.suppress(NotAcceptable):
        checked(content)


def logo(content: bytes) -> None:
    """A coat of arms; what is kept is a picture that is read again."""
    from django.forms import ValidationError

    with contextlib.suppress(ValidationError):
        read_logo(read_logo(content))


PARSERS: dict[str, Callable[[bytes], None]] = {
    "act-text": act,
    "act-json": act,
    "act-docx": act,
    "workbook": workbook,
    "expected": expected,
    "achieved": achieved,
    "dates": dates,
    "query": query,
    "question": question,
    "code": code,
    "signed": signed,
    "brought": brought,
    "report": report,
    "logo": logo,
}
"""A name, that of its folder of tests/fuzz/corpus, and what is tried."""
