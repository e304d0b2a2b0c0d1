"""What waits for a person in an entity: on their first page, the one that has waited longest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from deliberations.choices import OpinionKind
from deliberations.models import Deliberation, Opinion
from objectives import upper_rooms
from objectives.choices import PassageKind, State
from objectives.copies import SOURCE, behind, told_of
from objectives.models import Passage, Sheet, SheetQuerySet
from objectives.permissions import Standing, standings
from organisation.models import Entity
from organisation.roles import Deed

SHOWN = 8
"""So many of a tray stand on the first page; for the others there is the list."""
UNDATED = Q(registered_at__isnull=False, published_on=None, on_file=True)
"""The acts whose publication is not on record: enforceability follows from it, where no certificate says it."""
LONG = ("description", "dup_link", "motive_text", "printed_reviews", "search_text")


@dataclass(frozen=True)
class Item:
    """One thing that waits: where it is, since when it waits, and what there is to know before opening it."""

    name: str
    url: str
    since: datetime | date | None
    detail: str
    note: str = ""
    change: str = ""


@dataclass(frozen=True)
class Tray:
    """Things that wait for the same deed. `all_url` leads to the whole list; `action` is what is done there at once.

    What is `to_come` is on its way to the person, who has nothing to do yet: it is not counted.
    """

    key: str
    label: str
    items: list[Item]
    all_url: str
    action: str = ""
    to_come: bool = False

    @property
    def shown(self) -> list[Item]:
        """Those that have waited longest."""
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, len(self.items) - SHOWN)


def open_versions(entity: Entity, person: Standing) -> SheetQuerySet:
    """Return the open versions that the person may see.

    Each has `since`, when it came to where it is; `last_kind` and `last_note`, the passage that brought it there.
    """
    passages = Passage.objects.filter(sheet=OuterRef("pk")).order_by("-pk")
    seen: SheetQuerySet = person.visible(Sheet.objects.filter(objective__plan__entity=entity))
    related = seen.select_related("sector", "objective__plan", "created_by", "submitted_by", "approved_by")
    return related.annotate(
        since=Coalesce(Subquery(passages.values("at")[:1]), "created_at"),
        last_kind=Subquery(passages.values("kind")[:1]),
        last_note=Subquery(passages.values("note")[:1]),
    )


def open_sheets(entity: Entity, person: Standing) -> list[Sheet]:
    """Return the open versions that the person may see, the one that has waited longest first: one query, or none."""
    if not (person.may(Deed.DRAFT) or person.may(Deed.APPROVE)):
        return []
    return list(open_versions(entity, person).defer(*LONG).order_by("since", "pk"))


def waiting(entity: Entity, person: Standing, opened: Sequence[Sheet]) -> list[Tray]:
    """Return what waits for the person, in a number of queries that depends on their roles alone.

    `opened` are the open versions that they may see (`open_sheets`). The rooms above add theirs (`upper_rooms.work`).
    """
    trays = _sheets(entity, person, opened)
    if person.may(Deed.DRAFT):
        trays.append(_copies(entity, person))
    if person.may(Deed.PROPOSE):
        acts = _acts(entity)
        trays += [_proposals(entity, acts), _acts_to_date(entity, acts)]
    return [tray for tray in trays if tray.items]


def waiting_counts(user: Any) -> dict[int, int]:
    """Return how many things wait for the person in each of their entities, by its key.

    Five queries, and those of the rooms above.
    """
    people = standings(user)
    counts = dict.fromkeys(people, 0)
    of_mine = Sheet.objects.filter(objective__plan__entity__in=people).exclude(state=State.ADOTTATA).order_by()
    place = ("objective__plan__entity", "sector", "state", "deliberation")
    for entity, sector, state, proposal, number in of_mine.values_list(*place).annotate(Count("pk")):
        counts[entity] += number if _waits(people[entity], sector, state, gathered=proposal is not None) else 0
    copies = behind(Sheet.objects.filter(objective__plan__entity__in=people)).order_by()
    for entity, sector in copies.values_list("objective__plan__entity", "sector"):
        counts[entity] += _waits(people[entity], sector, State.BOZZA, gathered=False)
    proposing = [entity for entity, person in people.items() if person.may(Deed.PROPOSE)]
    acts = Deliberation.objects.filter(entity__in=proposing).order_by()
    for found in (acts.proposals(), acts.filter(UNDATED)):
        for entity, number in found.values_list("entity").annotate(Count("pk")):
            counts[entity] += number
    for more in upper_rooms.counts:
        for entity, number in more(people).items():
            counts[entity] += number
    return counts


def _waits(person: Standing, sector: int, state: str, *, gathered: bool) -> bool:
    """Whether an open version is in one of the person's trays."""
    if state == State.BOZZA:
        own = person.sectors_for(Deed.DRAFT)
        return own is None or sector in own
    if state == State.INVIATA:
        return person.may(Deed.APPROVE)
    return person.may(Deed.PROPOSE) and not gathered


def _sheets(entity: Entity, person: Standing, opened: Iterable[Any]) -> list[Tray]:
    mine = [one for one in opened if _waits(person, one.sector_id, one.state, gathered=bool(one.deliberation_id))]
    drafts = [one for one in mine if one.state == State.BOZZA]
    back = [one for one in drafts if one.last_kind == PassageKind.RINVIATA]
    to_do = "Bozze da completare e inviare" if person.may(Deed.SUBMIT) else "Bozze da completare"
    return [
        _tray("rinviate", "Rinviate con una nota: da correggere", back, entity, State.BOZZA),
        _tray("bozze", to_do, [one for one in drafts if one not in back], entity, State.BOZZA),
        _tray("inviate", "Schede da approvare", [one for one in mine if one.state == State.INVIATA], entity),
        _tray("approvate", "Da raccogliere in una proposta", [one for one in mine if one.approved_at], entity),
    ]


def _tray(key: str, label: str, sheets: Sequence[Sheet], entity: Entity, state: str = "") -> Tray:
    items = [_item(sheet, entity) for sheet in sheets]
    if key == "approvate":
        return Tray(key, label, items, _where_to_gather(sheets, entity), "Prepara una proposta")
    wanted = state or State.INVIATA
    return Tray(key, label, items, f"{reverse('drafts', args=[entity.slug])}?stato={wanted}")


def _where_to_gather(sheets: Iterable[Sheet], entity: Entity) -> str:
    """Where a proposal is made of approved sheets: the list, where they are of several plans."""
    years = {sheet.objective.plan.year for sheet in sheets}
    if len(years) == 1:
        return reverse("proposal_new", args=[entity.slug, *years])
    return reverse("proposals", args=[entity.slug])


def _item(sheet: Any, entity: Entity) -> Item:
    by = {
        State.BOZZA: f"bozza di {sheet.created_by}" if sheet.created_by else "bozza",
        State.INVIATA: f"inviata da {sheet.submitted_by}",
        State.APPROVATA: f"approvata da {sheet.approved_by}",
    }[State(sheet.state)]
    title = " ".join(sheet.title.split())
    return Item(
        name=f"{sheet}{f' — {title}' if title else ''}",
        url=reverse("draft", args=[entity.slug, sheet.pk]),
        since=sheet.since,
        detail=f"Piano {sheet.objective.plan.year}, {by}",
        note=sheet.last_note if sheet.last_kind == PassageKind.RINVIATA else "",
        change=sheet.change,
    )


def _acts(entity: Entity) -> list[Any]:
    """The proposals, and the acts without a day of publication: what is still to be done with an act, in one query.

    Each has `since`, when its first sheets were gathered; `sheet_count`; and whether its opinions are there.
    """
    gathered = Passage.objects.filter(kind=PassageKind.RACCOLTA, deliberation=OuterRef("pk")).order_by()
    given = Opinion.objects.filter(deliberation=OuterRef("pk"))
    found = entity.deliberations.filter(Q(registered_at=None) | UNDATED).select_related("entity")
    return list(
        found.annotate(
            sheet_count=Count("sheets"),
            since=Subquery(gathered.values("deliberation").annotate(last=Max("at")).values("last")),
            technical=Exists(given.filter(kind=OpinionKind.TECNICA)),
            accounting=Exists(given.filter(kind=OpinionKind.CONTABILE)),
        ).in_order()
    )


def _copies(entity: Entity, person: Standing) -> Tray:
    """The copies of objectives that an act changed since (R34): what of it to take over, or none of it."""
    own = person.sectors_for(Deed.DRAFT)
    found = behind(Sheet.objects.filter(objective__plan__entity=entity)).select_related("sector", *SOURCE)
    mine = [one for one in found.defer(*LONG) if own is None or one.sector_id in own]
    items = [
        Item(
            name=f"{copy} — {' '.join(copy.title.split())}",
            url=reverse("copy_changes", args=[entity.slug, copy.objective_id]),
            since=since,
            detail=f"Copiato da {source}, che la {act} ha cambiato.",
        )
        for copy in mine
        for source, act, since in [told_of(copy)]
    ]
    return Tray("copie", "L'obiettivo da cui è copiato è cambiato", items, reverse("drafts", args=[entity.slug]))


def _proposals(entity: Entity, acts: Iterable[Any]) -> Tray:
    proposals = [act for act in acts if act.registered_at is None]
    items = [
        Item(
            name=f"{proposal.short}{f' — {proposal.subject}' if proposal.subject else ''}",
            url=reverse("proposal", args=[entity.slug, proposal.pk]),
            since=proposal.since,
            detail=_missing(proposal),
        )
        for proposal in sorted(proposals, key=lambda one: (one.since.timestamp() if one.since else 0, one.pk))
    ]
    return Tray("proposte", "Proposte di deliberazione", items, reverse("proposals", args=[entity.slug]))


def _missing(proposal: Any) -> str:
    """What comes next for a proposal. Whether its opinions still hold is said on its own page."""
    if not proposal.sheet_count:
        return "Non contiene schede: aggiungerne, o scioglierla."
    if not (proposal.subject.strip() and proposal.dispositions.strip()):
        return "Il testo è da scrivere."
    if not proposal.technical:
        return "Manca il parere di regolarità tecnica."
    if not proposal.accounting:
        return "Manca il parere di regolarità contabile, o la dichiarazione che non serve."
    return "Da registrare quando la Giunta l'ha adottata."


def _acts_to_date(entity: Entity, acts: Iterable[Any]) -> Tray:
    items = [
        Item(
            name=act.short,
            url=reverse("act_dates", args=[entity.slug, act.slug]),
            since=act.session_on,
            detail="Manca la data di pubblicazione.",
        )
        for act in acts
        if act.registered_at
    ]
    return Tray("date", "Atti di cui scrivere le date", items, reverse("acts", args=[entity.slug]))
