"""The main menu: what stands in it for whom, and where in it a page is. It names the addresses of every room."""

from dataclasses import dataclass

from django.urls import reverse

from organisation.access import Place
from organisation.roles import Deed


@dataclass(frozen=True)
class Link:
    """A page of the menu: for whoever may do one of `deeds`; `pages` are the addresses that show it as the current."""

    text: str
    page: str
    deeds: tuple[Deed, ...] = (Deed.READ,)
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Links under one heading. Every page whose address begins with one of `begins` belongs to it."""

    text: str
    begins: tuple[str, ...]
    links: tuple[Link, ...]


PREPARE = (Deed.DRAFT, Deed.PROPOSE)
MEASURE = (Deed.RESULTS, Deed.EVALUATE, Deed.VALIDATE)
MENU = (
    Section(
        "Piano",
        ("plan", "sheet", "sector", "score_rules", "import"),
        (
            Link("In vigore oggi", "current_plan", pages=("plan", "plan_on", "plan_after")),
            Link("Settori", "sectors"),
            Link("Cronoprogramma", "current_timetable", pages=("plan_timetable",)),
            Link("Grafici", "current_charts", pages=("plan_charts",)),
            Link("Confronto tra due momenti", "current_compare", pages=("plan_compare",)),
            Link("Importa un atto", "import", (Deed.IMPORT,), ("import_preview",)),
        ),
    ),
    Section("Atti", ("act",), (Link("Atti", "acts"),)),
    Section(
        "In corso",
        ("draft", "proposal"),
        (
            Link("Schede in corso", "drafts", PREPARE),
            Link("Proposte di deliberazione", "proposals", PREPARE, ("proposal_new",)),
        ),
    ),
    Section(
        "Risultati",
        ("round", "evidence", "validation", "report"),
        (
            Link("Verifiche", "rounds", MEASURE),
            Link("Validazioni", "validations", (Deed.EVALUATE, Deed.VALIDATE)),
            Link("Relazione", "current_report", pages=("report",)),
        ),
    ),
    Section("Scadenze", ("deadline",), (Link("Scadenze", "deadlines", pages=("deadline_alerts",)),)),
    Section("Cerca", ("search",), (Link("Cerca", "search"),)),
)


@dataclass(frozen=True)
class Shown:
    """A link as a page shows it. `current` is the value of aria-current, if it has one."""

    text: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Group:
    """A heading with its links. With one link it is that link."""

    text: str
    links: list[Shown]
    current: bool = False


def menu_of(place: Place, here: str = "") -> list[Group]:
    """Return the menu of a person in an entity, on the page whose address is named `here`."""
    sections = [(section, [link for link in section.links if _may(place, link)]) for section in MENU]
    return [_group(section, links, place, here) for section, links in sections if links]


def _may(place: Place, link: Link) -> bool:
    return any(place.may(deed) for deed in link.deeds)


def _group(section: Section, links: list[Link], place: Place, here: str) -> Group:
    inside = here.startswith(section.begins)
    alone = len(links) == 1
    return Group(section.text, [_shown(link, place, here, inside and alone) for link in links], inside)


def _shown(link: Link, place: Place, here: str, below: bool) -> Shown:
    exact = here == link.page or here in link.pages
    return Shown(link.text, reverse(link.page, args=[place.entity.slug]), "page" if exact else "true" if below else "")
