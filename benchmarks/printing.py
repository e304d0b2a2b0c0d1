"""Printing against LibreOffice: the real act from nothing, and plans put together from stored PDFs."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings

from benchmarks import word_forms
from benchmarks.measuring import Figure, Line, NotMeasured, side_by_side
from benchmarks.print_job import contents
from objectives.pdf import form_from_exchange

TIMES = 5
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
STORED = 520


def measure() -> list[Line]:
    """Measure in a folder that goes away; against LibreOffice where it is installed."""
    with tempfile.TemporaryDirectory(prefix="printing-") as name:
        folder = Path(name)
        lines = print_cold(folder) if OFFICE else [NotMeasured("13 real sheets, cold process", "no LibreOffice")]
        return lines + assemble_stored(folder)


def print_cold(folder: Path) -> list[Line]:
    """The 13 real sheets: a new process each time, ours and LibreOffice's in turn."""
    ours, office = side_by_side(TIMES, partial(job, "act", 13, folder / "act.pdf"), partial(convert, folder, 13))
    ours_median, office_median = statistics.median(ours), statistics.median(office)
    return [
        Figure(
            "13 real sheets printed, cold process", f"{ours_median:.2f} s", f"LibreOffice {office_median:.2f} s",
            ours_median / office_median, limit=1.2,
        )
    ]  # fmt: skip


def assemble_stored(folder: Path) -> list[Line]:
    """130 and 520 stored sheets put together: time, growth, memory."""
    stored = folder / "stored"
    stored.mkdir()
    job("sheets", STORED, stored)
    deeds = [partial(job, "assembly", count, stored, folder / f"ours-{count}.pdf") for count in (130, STORED)]
    if OFFICE:
        deeds.append(partial(convert, folder, 130))
    small, large, *office = (statistics.median(taken) for taken in side_by_side(3, *deeds))
    memory = job("assembly", STORED, stored, folder / "memory.pdf") / 1024
    (book,) = (
        statistics.median(taken) for taken in side_by_side(3, partial(job, "book", 130, stored, folder / "b.pdf"))
    )
    book_memory = job("book", STORED, stored, folder / "memory.pdf") / 1024
    return [
        *against_office(small, office),
        Figure(
            f"{STORED} stored sheets assembled", f"{large:.2f} s", f"130 sheets {small:.2f} s", large / small, limit=4.5
        ),
        Figure(f"{STORED} stored sheets assembled, peak memory", f"{memory:.0f} MB", "", memory, "MB", 400),
        Figure("130 stored sheets behind their index, cold process", f"{book:.2f} s", "", book, "s"),
        Figure(
            f"{STORED} stored sheets behind their index, peak memory", f"{book_memory:.0f} MB", "", book_memory, "MB"
        ),
    ]


def against_office(ours: float, office: list[float]) -> list[Line]:
    """The line for 130 sheets."""
    if not office:
        return [NotMeasured("130 stored sheets assembled", "no LibreOffice")]
    against = f"LibreOffice {office[0]:.2f} s"
    return [Figure("130 stored sheets assembled, cold process", f"{ours:.2f} s", against, ours / office[0], limit=0.2)]


def job(name: str, count: int, *paths: Path) -> int:
    """Do a printing job in a process of its own; returns its peak memory in kB. Raises CalledProcessError."""
    command = [sys.executable, "-m", "benchmarks.print_job", name, str(count), *map(str, paths)]
    running = subprocess.Popen(command, cwd=settings.BASE_DIR)
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return usage.ru_maxrss


def convert(folder: Path, count: int) -> None:
    """Have LibreOffice make a plain PDF of the same sheets; the .docx is written the first time, before it counts."""
    source = folder / f"{count}.docx"
    if not source.exists():
        forms = (form_from_exchange(document["sheets"][0], document, version=v) for v, document in contents(count))
        word_forms.write(forms, source)
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    if not (folder / f"{count}.pdf").stat().st_size:
        raise AssertionError("LibreOffice made no PDF")
