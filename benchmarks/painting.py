"""What a person waits for before a page: first paint, layout shift and bytes, in the system's Chromium."""

import statistics
from dataclasses import dataclass

from django.db import connections
from django.urls import reverse
from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks.downloads import server, session_of
from benchmarks.measuring import Figure, Line, NotMeasured, milliseconds
from benchmarks.pages import address
from benchmarks.towns import found_town, sign_in
from objectives.models import Sheet
from organisation.recording import recording

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
TELEPHONE = {"width": 390, "height": 844}
TIMES = 7
SETTLED = 300  # milliseconds after the page is loaded, for what may still move
READ = """() => new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { shift += one.hadRecentInput ? 0 : one.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => {
    const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    done({
      paint: performance.getEntriesByName("first-contentful-paint")[0].startTime / 1000,
      shift,
      html: loaded[0].encodedBodySize,
      bytes: loaded.reduce((sum, one) => sum + one.transferSize, 0),
    });
  }, %d);
})"""


@dataclass(frozen=True)
class Seen:
    """One visit of a page: seconds to the first paint, layout shift (0 is none), bytes of the page and of all."""

    paint: float
    shift: float
    html: int
    bytes: int


def measure() -> list[Line]:
    """Visit the pages of a town with a plan of 60 sheets, each for the first time and again, in turn with a list.

    The list is Django admin's, with the same rows and Django's own style sheets.
    """
    plan = found_town("pagine", 60)
    with recording(by=None, why="Misura"):
        plan.entity.published = True
        plan.entity.save()
    sheet = Sheet.objects.of(plan).with_rows().first()
    pages = {
        "home page": reverse("entity", args=[plan.entity.slug]),
        "plan page with 60 sheets": address(plan),
        "sheet": reverse("sheet", args=[plan.entity.slug, sheet.pk]),
        "search": reverse("search", args=[plan.entity.slug], query={"q": "servizio"}),
        "public plan with 60 sheets": reverse("public_plan", args=[plan.entity.slug, plan.year]),
    }
    admin = reverse("confronto:objectives_sheet_changelist", query={"objective__plan__id__exact": plan.pk})
    cookie = session_of(sign_in(plan.entity)).split("=", 1)
    connections.close_all()
    with server() as line, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        except Error as reason:
            return [NotMeasured("pages in a browser", str(reason).splitlines()[0])]
        home = f"http://127.0.0.1:{line.port}"
        seen = {name: [] for name in (*pages, "admin")}
        for _ in range(TIMES):
            for name, path in {**pages, "admin": admin}.items():
                seen[name].append(_visits(browser, home, path, cookie))
        browser.close()
    return [line for name in pages for line in _lines(name, seen[name], seen["admin"])]


def _visits(browser: Browser, home: str, path: str, cookie: list[str]) -> tuple[Seen, Seen]:
    """A first visit, with nothing kept from before, and a second."""
    context = browser.new_context(viewport=TELEPHONE, locale="it-IT")
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": home}])
    page = context.new_page()
    both = []
    for _ in range(2):
        page.goto(home + path)
        both.append(Seen(**page.evaluate(READ % SETTLED)))
    context.close()
    return both[0], both[1]


def _lines(name: str, ours: list[tuple[Seen, Seen]], admins: list[tuple[Seen, Seen]]) -> list[Line]:
    """The lines of the table on one page."""
    first, again = (statistics.median(visit[turn].paint for visit in ours) for turn in (0, 1))
    theirs = statistics.median(visit[0].paint for visit in admins)
    fresh, kept = ours[0]
    size = f"{fresh.html // 1000} kB of HTML; first visit {fresh.bytes // 1000} kB, next {kept.bytes // 1000} kB"
    shift = max(seen.shift for visit in ours for seen in visit)
    return [
        Figure(
            f"{name}: first paint, nothing kept",
            milliseconds(first),
            f"Django admin's list {milliseconds(theirs)}",
            first / theirs,
            limit=1.5,
        ),
        Figure(
            f"{name}: first paint, next visit", milliseconds(again), f"the first {milliseconds(first)}", again / first
        ),
        Figure(f"{name}: layout shift", f"{shift:.3f}", "", shift, unit="", limit=0.1),
        Figure(f"{name}: HTML", size, "150 kB", fresh.html / 150_000, limit=1),
    ]
