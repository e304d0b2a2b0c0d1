"""What people ask of one town, with ten, a hundred and a thousand towns in the database: the same answers, in turn.

Each number of towns has a PostgreSQL database of its own, made by `__main__`. The town that is asked for is another one
each time, from all over the database, so that what is asked for is not always at hand.
"""

import itertools
from collections.abc import Callable, Iterator
from functools import partial

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.many_towns.multiplying import slug_of
from benchmarks.many_towns.town import LAST_YEAR
from benchmarks.measuring import Figure, Line, medians, milliseconds
from benchmarks.sixty import adopting, taken_back
from objectives.choices import State
from objectives.models import Plan, Sheet
from organisation.models import Entity, User

TOWNS = 10  # are asked for in turn
TIMES = 10
Deed = Callable[[], object]
PAGES: dict[str, Callable[[Entity], str]] = {
    "plan of 40 sheets": lambda town: reverse("plan_on", args=[town.slug, LAST_YEAR, f"{LAST_YEAR}-12-31"]),
    "sheet": lambda town: reverse("sheet", args=[town.slug, first_sheet(town).pk]),
    "history of a sheet": lambda town: reverse("sheet_timeline", args=[town.slug, first_sheet(town).pk]),
    "search of a common word in ten years": lambda town: reverse("search", args=[town.slug], query={"q": "servizio"}),
    "search of a word that is nowhere": lambda town: reverse("search", args=[town.slug], query={"q": "zzzz"}),
    "register of acts": lambda town: reverse("acts", args=[town.slug]),
    "register of changes, csv": lambda town: reverse("changes_file", args=[town.slug, "csv"]),
    "first page, with what waits": lambda town: reverse("entity", args=[town.slug]),
    "drafts": lambda town: reverse("drafts", args=[town.slug]),
    "scores of a closed verification": lambda town: reverse("round_scores", args=[town.slug, LAST_YEAR - 1, "finale"]),
    "deadlines": lambda town: reverse("deadlines", args=[town.slug]),
    "public page": lambda town: reverse("public_plan", args=[town.slug, LAST_YEAR]),
}


class Installation:
    """A database with so many towns, whose questions are asked over a connection of its own."""

    def __init__(self, database: str) -> None:
        self.connection = connections["default"].copy()
        self.connection.settings_dict["NAME"] = database
        self.use()
        self.count = Entity.objects.count()
        step = self.count // TOWNS
        self.towns = [Entity.objects.get(slug=slug_of(1 + step * n)) for n in range(TOWNS)]
        self.browsers = {town: self.signed_in(town) for town in self.towns}

    def use(self) -> None:
        """Have the program ask this database from now on."""
        connections["default"] = self.connection

    def signed_in(self, town: Entity) -> Client:
        """The browser of the town's Segretario."""
        browser = Client()
        person = User.objects.get(username=f"segretario.{town.slug}")
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return browser

    def asking(self, page: Callable[[Entity], str]) -> Deed:
        """What asks for a page, of another town each time. It raises AssertionError where there is no such page."""
        addresses = {town: page(town) for town in self.towns}
        turn = itertools.cycle(self.towns)

        def ask() -> None:
            self.use()
            town = next(turn)
            response = self.browsers[town].get(addresses[town])
            if response.status_code != 200:
                raise AssertionError(f"{addresses[town]}: {response.status_code}")
            response.getvalue()

        return ask

    def adopting(self) -> Deed:
        """What gathers the approved changes of a town, adopts them, and takes it all back."""
        turn = itertools.cycle(self.towns)

        def adopt() -> None:
            self.use()
            taken_back(partial(adopt_approved, next(turn)))

        return adopt

    def queries(self, deed: Deed) -> int:
        """How often it asks the database."""
        self.use()
        with CaptureQueriesContext(connection) as captured:
            deed()
        return len(captured)


def adopt_approved(town: Entity) -> None:
    """Gather and adopt what is approved. The weights of the plan are not those of a real one, and not checked (R01)."""
    plan = Plan.objects.get(entity=town, year=LAST_YEAR)
    plan.weight_total = None
    plan.save()
    approved = Sheet.objects.of(plan).filter(state=State.APPROVATA, deliberation=None)
    adopting(plan, approved, User.objects.get(username=f"segretario.{town.slug}"))()


def first_sheet(town: Entity) -> Sheet:
    """A sheet of the last plan."""
    found: Sheet = Sheet.objects.filter(objective__plan__entity=town, objective__plan__year=LAST_YEAR).earliest("pk")
    return found


def ask_all(databases: list[str]) -> Iterator[Line]:
    """Ask every question of every database in turn; hold each against the smallest."""
    installations = [Installation(name) for name in databases]
    for name, page in PAGES.items():
        deeds = []
        for one in installations:
            one.use()
            deeds.append(one.asking(page))
        yield from compared(name, installations, deeds)
    deeds = []
    for one in installations:
        one.use()
        deeds.append(one.adopting())
    yield from compared("three sheets gathered and adopted", installations, deeds)


def compared(name: str, installations: list[Installation], deeds: list[Deed]) -> Iterator[Line]:
    """The median times of the deeds, the last and those between against the first; and the queries."""
    first, *others = medians(TIMES, *deeds, warm_up=3)
    counts = [one.queries(deed) for one, deed in zip(installations, deeds, strict=True)]
    for installation, taken, count in zip(installations[1:], others, counts[1:], strict=True):
        yield Figure(
            f"{name}; {installation.count} towns", f"{milliseconds(taken)}, {count} queries",
            f"{installations[0].count} towns {milliseconds(first)}, {counts[0]} queries", taken / first, limit=1.5,
        )  # fmt: skip
