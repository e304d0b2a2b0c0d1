"""The plan page with 60 sheets against Django admin's list of the same rows; its queries with 6 and with 60."""

import statistics
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.measuring import Figure, Line, milliseconds, percentile_95, side_by_side
from benchmarks.towns import found_town, sign_in
from objectives.models import Plan

TIMES = 120


def measure() -> list[Line]:
    """Ask for both pages in turn, as the same person, in one process."""
    small, large = found_town("sei", 6), found_town("sessanta", 60)
    browser = sign_in(small.entity, large.entity)
    admin = reverse("confronto:objectives_sheet_changelist", query={"objective__plan__id__exact": large.pk})
    page = partial(get, browser, address(large), "Piano della Performance")
    ours, djangos = side_by_side(TIMES, page, partial(get, browser, admin, "60 "), warm_up=3)
    ours_median, djangos_median = statistics.median(ours), statistics.median(djangos)
    p95 = percentile_95(ours)
    few, many = queries(browser, small), queries(browser, large)
    return [
        Figure(
            "plan page with 60 sheets, requests/s",
            f"{1 / ours_median:.0f}/s", f"Django admin's list {1 / djangos_median:.0f}/s",
            djangos_median / ours_median, limit=1, at_most=False,
        ),
        Figure(
            "plan page with 60 sheets, 95th percentile",
            milliseconds(p95), f"its median {milliseconds(ours_median)}", p95 / ours_median, limit=2,
        ),
        Figure("plan page, queries with 60 sheets", str(many), f"with 6 sheets {few}", many / few, limit=1),
    ]  # fmt: skip


def address(plan: Plan) -> str:
    """The page of a plan, on a day on which all its sheets are in force."""
    return reverse("plan_on", args=[plan.entity.slug, plan.year, f"{plan.year}-12-31"])


def get(browser: Client, url: str, expected: str) -> None:
    """Ask for a page and make sure it is the one meant. Raises AssertionError."""
    response = browser.get(url)
    if response.status_code != 200 or expected not in response.content.decode():
        raise AssertionError(f"{url}: {response.status_code}, without «{expected}»")


def queries(browser: Client, plan: Plan) -> int:
    """How often the page asks the database."""
    with CaptureQueriesContext(connection) as captured:
        get(browser, address(plan), "Piano della Performance")
    return len(captured)
