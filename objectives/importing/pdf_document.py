"""Reads a born-digital PDF in a process of its own: what a page asks for can be endless, what it gets is not.

A few kilobytes of PDF can keep a reader busy for minutes and fill the memory within one page. So the pages are read by
`pdf_process`, which has a bound of time and of memory set by the system, and is killed at it.
"""

import json
import logging
import math
import os
import subprocess
import sys
from pathlib import Path
from signal import SIGKILL, SIGXCPU
from typing import Any

from objectives.importing.findings import Clock, Limits, Notes, Place, Unreadable
from objectives.importing.lines import Line, lines_of

MODULE = "objectives.importing.pdf_process"
OUT_OF_MEMORY = 3  # exit status of `pdf_process`

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LD_LIBRARY_PATH")  # of the environment: no secret goes to who reads a foreign file
_LOG = logging.getLogger(__name__)


def read_pdf(content: bytes, limits: Limits, clock: Clock, notes: Notes) -> list[Line]:
    """The paragraphs and table rows of a PDF; lines are counted within their page. Raises Unreadable."""
    answer = json.loads(_ask(content, limits, clock))
    if refusal := answer.get("refusal"):
        raise Unreadable(*refusal)
    rows = [(cells, Place(line, page)) for cells, line, page in answer["rows"]]
    if not any(any(cells) for cells, _ in rows):
        raise Unreadable(
            "I01", "Il PDF non contiene testo (è una scansione?): serve un PDF nato digitale, il .docx o il testo."
        )
    return lines_of(rows, notes, markup=False)


def _ask(content: bytes, limits: Limits, clock: Clock) -> bytes:
    """What the process says of the PDF. Raises Unreadable when it goes over a limit, or ends without a word."""
    bounds = [max(1, math.ceil(clock.left)), limits.max_memory, limits.max_bytes]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", MODULE, *map(str, bounds)],
            input=content,
            capture_output=True,
            check=False,
            cwd=_ROOT,
            env={key: os.environ[key] for key in _KEPT if key in os.environ},
            timeout=max(0.0, clock.left),
        )
    except subprocess.TimeoutExpired as expired:
        raise clock.over() from expired
    if done.returncode:
        raise _ended(done, clock)
    return done.stdout


def _ended(done: "subprocess.CompletedProcess[Any]", clock: Clock) -> Unreadable:
    """Why the process ended without an answer."""
    if done.returncode == -SIGXCPU:
        return clock.over()
    if done.returncode in {OUT_OF_MEMORY, -SIGKILL}:  # the system itself kills who takes too much memory
        message = "Il PDF chiede troppa memoria per essere letto: caricare il .docx o il testo dell'atto."
        return Unreadable("I02", message)
    _LOG.error("Reading a PDF ended with status %d: %s", done.returncode, done.stderr[-2000:].decode(errors="replace"))
    return Unreadable("I01", "Il PDF non si può leggere: caricare il .docx o il testo dell'atto.")
