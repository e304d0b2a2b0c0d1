"""Which files people may bring: papers, pictures, tables and messages, told by what they contain. Pure.

Nothing that a browser would run (html, svg) and nothing with macros. No archives: what they hold could not be told.
Nothing that is two things at once: a PDF behind other bytes, a picture or a PDF that ends as an archive. And no package
that unpacks to what a desk can't hold, or beside the folder where it is unpacked.
"""

import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath

ACCEPTED = "PDF, p7m, PNG, JPG, TXT, CSV, XLSX, DOCX, ODT, ODS o EML"
LONGEST_NAME = 200
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""The object identifier of PKCS#7 signedData, at the beginning of every .p7m."""
LARGEST_PART = 1024 * 1024
LARGEST_UNPACKED = 500_000_000
"""Bytes of all parts of a package: no office file that a person opens comes near."""
OFFICE = {"docx": "wordprocessingml.document.main+xml", "xlsx": "spreadsheetml.sheet.main+xml"}
OPEN_OFFICE = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
MIME = {
    "pdf": "application/pdf",
    "p7m": "application/pkcs7-mime",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "eml": "message/rfc822",
}
BROKEN_ZIP = (
    zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, OverflowError,
    struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip
"""What zipfile raises on files that were made or broken on purpose: names that are no text, sizes that are not so."""
EXTENSIONS = tuple(f".{extension}" for extension in MIME)


def mime_of(name: str, content: bytes) -> str | None:
    """Return the type of a file that may be brought; None where its content is not what its name says."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    looks = _CHECKS.get(extension)
    return MIME[extension] if looks and looks(content) else None


def file_name(name: str) -> str:
    """Return a name without folders and without what can't be seen, at most 200 characters long, with its extension."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = " ".join("".join(one for one in last if unicodedata.category(one)[0] != "C").split()) or "file"
    suffix = PurePath(clean).suffix[:LONGEST_NAME]
    return clean if len(clean) <= LONGEST_NAME else clean[: LONGEST_NAME - len(suffix)] + suffix


def _begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(beginnings) and not _ends_as_archive(content)


def _is_pdf(content: bytes) -> bool:
    return content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-") and not _ends_as_archive(content)


def _ends_as_archive(content: bytes) -> bool:
    """Whether a zip ends where the file ends: its directory of 22 bytes and a comment of the length it says."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - 22 - 0xFFFF))
    return at >= 0 and at + 22 + int.from_bytes(content[at + 20 : at + 22], "little") == len(content)


def _is_signed(content: bytes) -> bool:
    return content[:1] == b"\x30" and SIGNED_DATA in content[:64]


def _is_text(content: bytes) -> bool:
    """Text in any of the ways an office writes it: UTF-8, UTF-16 with its mark, or the code page of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content)


def _is_message(content: bytes) -> bool:
    headers = re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0]
    return b"\x00" not in content and bool(re.match(rb"(?:From |[!-9;-~]+:)", headers)) and b"from:" in headers.lower()


def _is_office(extension: str) -> Callable[[bytes], bool]:
    def looks(content: bytes) -> bool:
        parts = _parts(content, "[Content_Types].xml")
        if parts is None or any("vbaproject" in name.lower() for name in parts[0]):
            return False
        return OFFICE[extension].encode() in parts[1] and b"macroenabled" not in parts[1].lower()

    return looks


def _is_open_office(extension: str) -> Callable[[bytes], bool]:
    def looks(content: bytes) -> bool:
        parts = _parts(content, "mimetype")
        if parts is None or any(name.startswith(("Basic/", "Scripts/")) for name in parts[0]):
            return False
        return parts[1].strip() == OPEN_OFFICE[extension]

    return looks


def _parts(content: bytes, wanted: str) -> tuple[list[str], bytes] | None:
    """The names in a zip, and one of its parts; None for what is no zip, or has no such part of a sensible size."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(wanted).file_size > LARGEST_PART or _unpacks_badly(archive.infolist()):
                return None
            with archive.open(wanted) as part:
                return archive.namelist(), part.read(LARGEST_PART)
    except BROKEN_ZIP:
        return None


def _unpacks_badly(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether a package would fill a disk, or write outside its folder."""
    outside = any(".." in re.split(r"[/\\]", part.filename) or part.filename[:1] in "/\\" for part in parts)
    return outside or sum(part.file_size for part in parts) > LARGEST_UNPACKED


_CHECKS: dict[str, Callable[[bytes], bool]] = {
    "pdf": _is_pdf,
    "p7m": _is_signed,
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "txt": _is_text,
    "csv": _is_text,
    "xlsx": _is_office("xlsx"),
    "docx": _is_office("docx"),
    "odt": _is_open_office("odt"),
    "ods": _is_open_office("ods"),
    "eml": _is_message,
}
