"""Pages and downloads under load: wrk asks gunicorn with two workers, and two such servers behind nginx, as a member.

The limits on how often somebody may ask (organisation/rates.py) are 0, which is none, in benchmarks/settings.py.
"""

import json
import statistics
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import connection, connections
from django.urls import reverse

from benchmarks.downloads import session_of
from benchmarks.measuring import Figure, Line, NotMeasured
from benchmarks.pages import address
from benchmarks.serving import ProgramMissing, gunicorn, nginx, program
from benchmarks.towns import found_town, sign_in
from documents.codes import new_code
from documents.models import freeze
from documents.render import PdfUnavailable
from objectives.models import Plan, Sheet
from objectives.printing import sheet_document

SHEETS = 60
WORKERS, THREADS, CONNECTIONS = 2, 4, 8  # as deploy/gunicorn.conf.py has them
SECONDS, ROUNDS = 4, 3
REPORT = Path(__file__).with_name("wrk_report.lua")
STATIC = "css/components.css"


@dataclass(frozen=True)
class Stretch:
    """What wrk saw while it asked for one address: answers a second, milliseconds, and answers that were none."""

    per_second: float
    p50: float
    p95: float
    p99: float
    errors: float

    def __str__(self) -> str:
        wrong = f", {self.errors:.0f} errors" if self.errors else ""
        return f"{self.per_second:.0f}/s; p50 {self.p50:.0f}, p95 {self.p95:.0f}, p99 {self.p99:.0f} ms{wrong}"


def measure() -> list[Line]:
    """Load a town, and ask for its pages: of one server, and on PostgreSQL also of two behind nginx."""
    try:
        program("wrk")
    except ProgramMissing as missing:
        return [NotMeasured("pages and downloads under load", str(missing))]
    plan = found_town("carico", SHEETS)
    cookie = session_of(sign_in(plan.entity))
    try:
        pages = addresses(plan)
    except PdfUnavailable as reason:
        return [NotMeasured("pages and downloads under load", str(reason))]
    connections.close_all()
    with gunicorn(WORKERS, THREADS) as first:
        lines = [*of_server(f"{WORKERS} workers on {connection.display_name}", first, cookie, pages)]
        if connection.vendor != "postgresql":
            return lines
        where = f"two servers of {WORKERS} workers behind nginx on {connection.display_name}"
        try:
            with gunicorn(WORKERS, THREADS) as second, nginx([first, second]) as port:
                return [*lines, *of_server(where, port, cookie, pages)]
        except ProgramMissing as missing:
            return [*lines, NotMeasured(where, str(missing))]


def addresses(plan: Plan) -> dict[str, tuple[str, bytes]]:
    """What is asked for, and what stands in the answer. The last three are what the others are held against."""
    sheet = Sheet.objects.of(plan).with_rows().first()
    sheet_document(sheet)  # kept from now on
    slug, code = plan.entity.slug, new_code()
    freeze(entity=plan.entity, subject="misura", name="misura.txt", content=b"misura", mime="text/plain", code=code)
    return {
        f"plan page with {SHEETS} sheets": (address(plan), b"Piano della Performance"),
        "sheet page": (reverse("sheet", args=[slug, sheet.pk]), sheet.title.encode()),
        "search": (reverse("search", args=[slug], query={"q": "servizio"}), b"</mark>"),
        "register of acts": (reverse("acts", args=[slug]), b"12/2026"),
        "stored PDF": (reverse("sheet_pdf", args=[slug, sheet.pk]), b"%PDF"),
        "check page": (reverse("check_code", args=[code]), code.encode()),
        "empty response to a member": (f"/confronto/vuota/{slug}/", b""),
        "/salute/": (reverse("alive"), b""),
        "static file": (f"{settings.STATIC_URL}{STATIC}", b"{"),
    }


CEILINGS = {"check page": "/salute/", "static file": "/salute/"}


def of_server(where: str, port: int, cookie: str, pages: dict[str, tuple[str, bytes]]) -> Iterator[Line]:
    """Ask for every page, in turn, and hold it against the empty response to the same asker."""
    for path, expected in pages.values():
        make_sure(port, cookie, path, expected)
    rounds = [{name: ask(port, cookie, path) for name, (path, _) in pages.items()} for _ in range(ROUNDS + 1)]
    del rounds[0]  # each process read the program's pages while it answered
    seen = {name: median([taken[name] for taken in rounds]) for name in pages}
    for name, stretch in seen.items():
        ceiling = CEILINGS.get(name, "empty response to a member")
        if name not in {ceiling, "/salute/"}:
            against = seen[ceiling]
            target = partial(Figure, limit=0.5, at_most=False) if name == "stored PDF" else Figure
            yield target(
                f"{name}; {where}", str(stretch), f"{ceiling} {against}", stretch.per_second / against.per_second
            )


def make_sure(port: int, cookie: str, path: str, expected: bytes) -> None:
    """Ask once, and look at the answer. Raises AssertionError where it is not the one meant."""
    request = Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urlopen(request) as response:  # noqa: S310
        if response.status != 200 or expected not in response.read() or response.url != request.full_url:
            raise AssertionError(f"{path}: {response.status}, {response.url}, without «{expected.decode()}»")


def ask(port: int, cookie: str, path: str) -> Stretch:
    """Have wrk ask for one address as fast as it is answered."""
    command = [program("wrk"), "--threads", "1", "--connections", str(CONNECTIONS), "--timeout", "30s"]
    command += ["--script", str(REPORT), "--header", f"Cookie: {cookie}"]
    url = f"http://127.0.0.1:{port}{path}"
    done = subprocess.run([*command, "--duration", f"{SECONDS}s", url], check=True, capture_output=True, text=True)
    return Stretch(**json.loads(done.stdout.splitlines()[-1]))


def median(stretches: list[Stretch]) -> Stretch:
    """The median of each figure; all errors."""
    found = {one.name: statistics.median(getattr(each, one.name) for each in stretches) for one in fields(Stretch)}
    return Stretch(**{**found, "errors": sum(each.errors for each in stretches)})
