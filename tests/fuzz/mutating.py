"""Files made from those of the corpus: cut, spliced, repeated, bytes changed; of archives also the parts inside."""

import io
import zipfile
from pathlib import Path

from hypothesis import strategies as st

from documents.file_types import BROKEN_ZIP

CORPUS = Path(__file__).parent / "corpus"
MOST_PARTS = 60
PIECES = [
    b"", b"\x00", b"\xff\xfe", b"\xc3", b"\r\n", b"\t|\t", b"-1", b"0", b"9" * 40, b"1e999", b"NaN", b"%", b"29/02",
    b"31/02/2022", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", b"&a;", b"<a>", b"</a>", b"{", b"[",
    b"]}", b'"', b"null", "à\u0301".encode(), "\u202e".encode(), "²½".encode(), "٣".encode(), b"../", b"%s%n", b"'; --",
    b"1,2,3", b"<</Type/Catalog>>", b"endobj", b"\x30\x80", b"=1+1", b"_x000D_",
]  # fmt: skip
"""What parsers have stumbled over elsewhere."""
ANYWHERE = st.floats(0, 1, exclude_max=True)
CHANGE = st.tuples(
    st.sampled_from(["put", "over", "cut", "end", "again", "flip"]),
    ANYWHERE,
    ANYWHERE,
    st.sampled_from(PIECES) | st.binary(max_size=8) | st.text(max_size=6).map(str.encode),
)


def seeds(name: str) -> list[Path]:
    """The files of the corpus of a parser."""
    return sorted((CORPUS / name).iterdir())


def changed(content: bytes, kind: str, start: float, span: float, piece: bytes) -> bytes:
    """The content with one change, somewhere."""
    at = int(len(content) * start)
    to = min(len(content), at + int(len(content) * span * span) + 1)
    return {
        "put": content[:at] + piece + content[at:],
        "over": content[:at] + piece + content[at + len(piece) :],
        "cut": content[:at] + content[to:],
        "end": content[:at] + piece,
        "again": content[:to] + content[at:to] * 3 + content[to:],
        "flip": content[:at] + bytes([content[at] ^ (1 + len(piece)) % 256 if content else 0]) + content[at + 1 :],
    }[kind]


def inside(content: bytes, which: float, *change: object) -> bytes:
    """An archive with one of its parts changed and packed again; what is none is changed as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {one.filename: old.read(one) for one in old.infolist()[:MOST_PARTS]}
    except BROKEN_ZIP:
        return changed(content, *change)  # type: ignore[arg-type]
    if not parts:
        return content
    name = list(parts)[int(len(parts) * which)]
    parts[name] = changed(parts[name], *change)  # type: ignore[arg-type]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part, data in parts.items():
            new.writestr(part, data)
    return out.getvalue()


@st.composite
def files(draw: st.DrawFn, name: str) -> bytes:
    """A file for the parser of this name: one of its corpus after some changes, or bytes of any kind."""
    content = draw(st.sampled_from(seeds(name))).read_bytes()
    for change in draw(st.lists(CHANGE, max_size=5)):
        content = inside(content, draw(ANYWHERE), *change) if draw(st.booleans()) else changed(content, *change)
    return content
