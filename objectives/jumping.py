"""Where a few letters lead: to sheets, acts, settori, plans, the pages of the menu and the searches that one keeps.

What no act adopted is found only by who sees it on the pages of the drafts (Standing.visible), as in the search.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from objectives.choices import Change, State
from objectives.models import Sheet, SheetQuerySet
from objectives.permissions import standing_at
from objectives.saved_searches import searches_of
from organisation.access import Place
from organisation.folding import fold
from organisation.menu import menu_of
from organisation.models import Sector, User
from organisation.roles import Deed

MOST = 12
LONGEST = 100
WORD = re.compile(r"\w+")
INSIDE = 3
"""From this many letters on a word is also found in the middle of another one."""


@dataclass(frozen=True)
class Goal:
    """A page one can jump to: what it is ("Atto"), its name, and what else it is found by."""

    kind: str
    name: str
    detail: str
    address: Callable[[], str]

    @property
    def url(self) -> str:
        """Its address, made only for what is shown."""
        return self.address()


def goals(place: Place, user: User, typed: str) -> list[Goal]:
    """Return where `typed` leads, the best first; of nothing, the menu and the searches that the person keeps.

    Four queries; one of nothing.
    """
    words = _words(typed[:LONGEST])
    if not words:
        return [*_pages(place), *_kept(place, user)]
    costs = ((_cost(goal, words), goal) for goal in _all(place, user))
    found = sorted(((cost, goal) for cost, goal in costs if cost is not None), key=lambda pair: pair[0])
    return [goal for _, goal in found[:MOST]]


def _all(place: Place, user: User) -> Iterator[Goal]:
    """Everything, in the order in which what fits equally well is shown."""
    slug = place.entity.slug
    sectors = {sector.pk: sector for sector in place.entity.sectors.order_by("match_key", "pk")}
    sheets = list(_sheets(place))
    yield from _pages(place)
    yield from (Goal("Piano", f"Piano {year}", "", _at("plan", slug, year)) for year in _years(sheets))
    for act in place.entity.deliberations.registered().order_by("-session_on", "-number"):
        yield Goal("Atto", act.short, act.subject, _at("act", slug, act.slug))
    yield from _kept(place, user)
    yield from (_sector(slug, sector, sheets) for sector in sectors.values())
    yield from (_sheet(slug, sheet, sectors[sheet.sector_id]) for sheet in sheets)


def _pages(place: Place) -> list[Goal]:
    links = [(link, group.text) for group in menu_of(place) for link in group.links]
    return [
        Goal("Pagina", link.text, "" if text == link.text else text, partial(str, link.url)) for link, text in links
    ]


def _kept(place: Place, user: User) -> list[Goal]:
    page = reverse("search", args=[place.entity.slug])
    kept = searches_of(user, place.entity)
    return [Goal("Ricerca salvata", one.name, "", partial(str, f"{page}?{one.query}")) for one in kept]


def _sheets(place: Place) -> SheetQuerySet:
    """The last adopted text of each objective, and the open ones that the person may see; the latest plan first."""
    every: SheetQuerySet = Sheet.objects.filter(objective__plan__entity=place.entity)
    wanted = Q(state=State.ADOTTATA) & Q(~Exists(Sheet.objects.adopted().filter(base=OuterRef("pk"))))
    if place.may(Deed.DRAFT) or place.may(Deed.APPROVE):
        wanted |= Q(pk__in=standing_at(place).visible(Sheet.objects.all()).order_by().values("pk"))
    ordered = every.filter(wanted).order_by("-objective__plan__year", "sector__match_key", "number", "pk")
    light = ("state", "change", "on_file", "number", "title", "sector", "objective__plan__year")
    sheets: SheetQuerySet = ordered.select_related("objective__plan").only(*light)
    return sheets


def _years(sheets: Iterable[Sheet]) -> list[int]:
    return list(dict.fromkeys(sheet.objective.plan.year for sheet in sheets))


def _sector(slug: str, sector: Sector, sheets: Iterable[Sheet]) -> Goal:
    """A settore stands in the latest plan in which it has sheets."""
    for sheet in sheets:
        if sheet.sector_id == sector.pk and sheet.state == State.ADOTTATA and sheet.change != Change.ELIMINATO:
            year = sheet.objective.plan.year
            address = _at("plan", slug, year, tail=f"#settore-{sector.pk}")
            return Goal("Settore", sector.short_name, f"piano {year}", address)
    return Goal("Settore", sector.short_name, "senza schede in vigore", _at("sectors", slug))


def _sheet(slug: str, sheet: Sheet, sector: Sector) -> Goal:
    said = [f"{sector.short_name} n° {sheet.number}", str(sheet.objective.plan.year)]
    if not sheet.is_adopted:
        said.append(f"in corso: {sheet.get_state_display().lower()}")
    elif sheet.change == Change.ELIMINATO:
        said.append("eliminata")
    name = " ".join(sheet.title.split()) or ("senza titolo" if sheet.on_file else "testo non in archivio")
    return Goal("Scheda", name, " · ".join(said), _at("sheet" if sheet.is_adopted else "draft", slug, sheet.pk))


def _at(page: str, *args: int | str, tail: str = "") -> Callable[[], str]:
    return lambda: reverse(page, args=args) + tail


def _words(text: str) -> list[str]:
    return WORD.findall(fold(text))


def _cost(goal: Goal, words: list[str]) -> int | None:
    """How badly a goal fits: 0 where every word is one of its name; None where a word is nowhere."""
    name, detail = _words(goal.name), _words(goal.detail)
    total = 0
    for word in words:
        costs = [cost for cost in (_distance(word, name), _distance(word, detail, 1)) if cost is not None]
        if not costs:
            return None
        total += min(costs)
    return total


def _distance(word: str, among: list[str], more: int = 0) -> int | None:
    """0 where it is one of these words, 2 where it begins one, 4 where it stands inside one."""
    if word in among:
        return more
    if any(other.startswith(word) for other in among):
        return 2 + more
    if len(word) >= INSIDE and not word.isdecimal() and any(word in other for other in among):
        return 4 + more
    return None
