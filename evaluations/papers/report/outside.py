"""The final PDF of a Relazione that was prepared outside the program: what it must be to be kept byte for byte."""

import io
from collections.abc import Iterator

import pikepdf

from objectives.importing.findings import Clock, Limits, Notes, Unreadable
from objectives.importing.pdf_document import read_pdf

LARGEST = 20 * 1024 * 1024  # bytes
MOST_OBJECTS = 200_000
LONGEST_READING = 25.0  # seconds
BEGINNING = b"%PDF-"
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/Rendition"}
FROM_WORD = "Salvarlo di nuovo in PDF dal programma di scrittura."


class NotAcceptable(ValueError):
    """The file can't be the final Relazione. The message is a sentence for the person."""


def checked(content: bytes) -> int:
    """Return how many pages the PDF has. Raises NotAcceptable for what is no PDF, locked, too large or active."""
    if len(content) > LARGEST:
        raise NotAcceptable(f"Il file è troppo grande: il massimo è {LARGEST // 1024 // 1024} MB.")
    if not content.startswith(BEGINNING):
        raise NotAcceptable(f"Il file non è un PDF. {FROM_WORD}")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _refuse_locked(pdf)
            _refuse_active(pdf)
            pages = len(pdf.pages)
    except pikepdf.PasswordError as locked:
        raise NotAcceptable("Il PDF è protetto da password: toglierla, e caricarlo di nuovo.") from locked
    except pikepdf.PdfError as broken:
        raise NotAcceptable(f"Il PDF è rovinato e non si apre. {FROM_WORD}") from broken
    if not pages:
        raise NotAcceptable(f"Il PDF non ha pagine. {FROM_WORD}")
    return pages


def text_of(content: bytes) -> str:
    """Return what the PDF says, read in a process of its own. Raises NotAcceptable for a scan, or one without end."""
    limits = Limits(max_seconds=LONGEST_READING)
    try:
        return "\n".join(line.text for line in read_pdf(content, limits, Clock(limits), Notes()))
    except Unreadable as refusal:
        message = f"Del PDF non si può leggere il testo, per cercarvi nomi del personale (R32). {FROM_WORD}"
        raise NotAcceptable(message) from refusal


def _refuse_locked(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise NotAcceptable("Il PDF è cifrato: togliere la protezione, e caricarlo di nuovo.")
    if len(pdf.objects) > MOST_OBJECTS:
        raise NotAcceptable(f"Il PDF è troppo complesso da controllare. {FROM_WORD}")


def _refuse_active(pdf: pikepdf.Pdf) -> None:
    """Refuse scripts, programs to start, and files inside the file, wherever they are in it."""
    for one in _dictionaries(pdf):
        if "/JS" in one or str(one.get("/S", "")) in ACTIONS:
            raise NotAcceptable(f"Il PDF contiene uno script o un comando che parte da solo. {FROM_WORD}")
        if "/EmbeddedFiles" in one or "/EF" in one:
            raise NotAcceptable("Il PDF contiene altri file allegati: toglierli, e caricarlo di nuovo.")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, also those inside others."""
    waiting: list[pikepdf.Object] = [*pdf.objects, pdf.trailer]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += [kid for kid in one if _holds(kid)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            content = one if isinstance(one, pikepdf.Dictionary) else one.stream_dict
            yield content
            waiting += [kid for kid in content.values() if _holds(kid)]


def _holds(kid: object) -> bool:
    """Whether it may hold a dictionary and comes nowhere else: what has a number of its own comes by itself."""
    return isinstance(kid, pikepdf.Array | pikepdf.Dictionary) and not kid.is_indirect
