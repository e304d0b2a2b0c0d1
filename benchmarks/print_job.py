"""One printing job in a process of its own, so that it starts cold and its memory can be read.

python -m benchmarks.print_job act COUNT FILE                 prints sheets and puts them together
python -m benchmarks.print_job sheets COUNT FOLDER            prints sheets, one file each
python -m benchmarks.print_job assembly COUNT FOLDER FILE     puts stored files together
python -m benchmarks.print_job book COUNT FOLDER FILE         the same behind an index, which is printed
"""

import copy
import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings

CREATED = dt.datetime(2022, 10, 18, tzinfo=dt.UTC)


def contents(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The real act's sheets, each with a version id of its own; over 13 they come again under other numbers."""
    text = (settings.BASE_DIR / "tests" / "data" / "gc-100-2022.json").read_text(encoding="utf-8")
    document = json.loads(text)
    known = document["sheets"]
    for place in range(count):
        sheet = copy.deepcopy(known[place % len(known)])
        sheet["number"] += 10 * (place // len(known))
        yield f"{place:012x}", {**document, "sheets": [sheet]}


def printed(count: int) -> Iterator[tuple[str, bytes]]:
    """The sheets as PDF/A-3a + PDF/UA-1."""
    from documents.render import require_printing
    from documents.sharing import shared_out
    from objectives.pdf import SheetWork, form_from_exchange, render_work

    require_printing()
    known = list(contents(count))
    forms = [form_from_exchange(document["sheets"][0], document, version=version) for version, document in known]
    work = [SheetWork(form, document, CREATED) for form, (_, document) in zip(forms, known, strict=True)]
    yield from zip(
        (version for version, _ in known), shared_out(render_work, work, settings.PDF_PROCESSES), strict=True
    )


def assembled(parts: Iterator[tuple[str, bytes]], out: Path) -> None:
    """The sheets as one file."""
    from documents.assembly import Part, assemble

    files = (Part(f"Scheda {version}", content) for version, content in parts)
    assemble(files, title="Misura", created=CREATED, identifier="misura", out=out)


def bound(parts: Iterator[tuple[str, bytes]], out: Path) -> None:
    """The sheets as one file behind its index, as the program binds a plan."""
    from objectives.pdf_book import BoundSheet, Index, bind_sheets

    index = Index("Comune di Caluso", "Misura", "", "", "misura")
    files = (
        BoundSheet(f"SETTORE {place // 10}", str(place), f"Scheda {version}", "25", "MODIFICATO", content)
        for place, (version, content) in enumerate(parts)
    )
    bind_sheets(files, index, created=CREATED, out=out)


def main(job: str, count: int, place: Path, out: Path | None = None) -> None:
    """Do one job."""
    django.setup()
    if job == "act":
        assembled(printed(count), place)
    elif job == "sheets":
        for version, content in printed(count):
            (place / f"{version}.pdf").write_bytes(content)
    elif out:
        files = sorted(place.glob("*.pdf"))[:count]
        put_together = {"assembly": assembled, "book": bound}[job]
        put_together(((file.stem, file.read_bytes()) for file in files), out)


if __name__ == "__main__":
    name, number, *paths = sys.argv[1:]
    main(name, int(number), *map(Path, paths))
