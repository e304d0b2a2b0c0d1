"""The process that reads one PDF: bytes come in on the standard input, rows or a refusal go out as JSON.

`python -m objectives.importing.pdf_process SECONDS BYTES CHARACTERS`: seconds of work, bytes of memory, characters of
text it may take at most. It loads neither Django nor anything of the installation.
"""

import json
import logging
import resource
import sys
from typing import Any

from objectives.importing.findings import Unreadable
from objectives.importing.pdf_document import OUT_OF_MEMORY
from objectives.importing.pdf_pages import rows_of


def main(seconds: int, memory: int, max_chars: int) -> int:
    """Read the PDF within the bounds; the exit status is 0 when there is an answer."""
    _bind(resource.RLIMIT_CPU, seconds)
    _bind(resource.RLIMIT_AS, memory)
    _bind(resource.RLIMIT_CORE, 0)
    logging.disable()  # what a PDF does wrong is told in the answer
    try:
        answer = json.dumps(_answer(sys.stdin.buffer.read(), max_chars))
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.write(answer)
    return 0


def _bind(what: int, most: int) -> None:
    """Lower a limit of this process, never beyond what the system already allows."""
    _, hard = resource.getrlimit(what)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bound, hard))


def _answer(content: bytes, max_chars: int) -> dict[str, Any]:
    try:
        return {"rows": rows_of(content, max_chars)}
    except Unreadable as refusal:
        finding = refusal.finding
        return {"refusal": [finding.code, finding.message, finding.line, finding.page]}


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
