"""All acts that made and changed a plan, with the reasons of each change (R33), as the Relazione tells them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from deliberations.models import Deliberation
from deliberations.naming import full_name
from objectives.choices import Change, Motive, how_many
from objectives.models import Plan, Sheet
from objectives.overview import acts_of
from objectives.weights import written

ORDER = [Change.MODIFICATO.value, Change.ELIMINATO.value, Change.INSERITO.value]
NOTHING = "—"


@dataclass(frozen=True)
class ChangedSheet:
    """What an act did with one sheet: its weights as written, and why; empty texts where the act does not say.

    `besides` is what the record says of it beside the reason: what it substitutes, which settore it left.
    """

    sector: str
    number: int
    title: str
    change: str
    before: str
    after: str
    motive: str
    text: str
    besides: str = ""

    @property
    def goal(self) -> str:
        """What the objective is called: number and title."""
        return f"n° {self.number} {self.title}".strip()

    @property
    def lacks(self) -> str:
        """What of the reason is missing (R07): "motivo e motivazione", "motivazione"; empty when both are there."""
        return " e ".join(name for name, there in (("motivo", self.motive), ("motivazione", self.text)) if not there)

    @property
    def reason(self) -> str:
        """The reason as printed: motive and text, "motivo non indicato" where both are missing."""
        why = ". ".join(part for part in (self.motive, self.text) if part) or "Motivo non indicato"
        return f"{why}. {self.besides}" if self.besides else why


@dataclass(frozen=True)
class ReportAct:
    """An act of the plan. `first` is the one that approved it: its sheets are no changes, and want no reasons."""

    name: str
    short: str
    force: str
    subject: str
    on_file: bool
    first: bool
    count: str
    sheets: Sequence[ChangedSheet]

    @property
    def headline(self) -> str:
        """What the act did, and since when: "13 schede: 11 MODIFICATE…; in vigore dal 18/10/2022"."""
        told = f"{self.count}; {self.force}"
        return told[0].upper() + told[1:]

    @property
    def lacking(self) -> list[ChangedSheet]:
        """The changes whose reason is missing, or is incomplete (R07)."""
        return [] if self.first or not self.on_file else [sheet for sheet in self.sheets if sheet.lacks]


def report_acts(plan: Plan) -> list[ReportAct]:
    """Return every act that made or changed the plan, in the order of adoption, in two queries."""
    acts = acts_of(plan)
    related = ("sector", "base__sector", "substitutes")
    groups: dict[int | None, list[Sheet]] = {}
    for sheet in Sheet.objects.of(plan).adopted().select_related(*related):
        groups.setdefault(sheet.deliberation_id, []).append(sheet)
    return [_act(act, groups.get(act.pk, []), first=place == 0) for place, act in enumerate(acts)]


def counted(changes: Iterable[str]) -> str:
    """Return how many sheets change and how: "13 schede: 11 MODIFICATE, 1 ELIMINATA, 1 INSERITA"."""
    listed = list(changes)
    parts = [how_many(listed.count(change), change) for change in ORDER if change in listed]
    return f"{number_of(len(listed), 'scheda', 'schede')}: {', '.join(parts)}" if parts else "nessuna scheda"


def number_of(count: int, one: str, many: str) -> str:
    """Return "1 scheda", "13 schede"."""
    return f"{count} {one if count == 1 else many}"


def _act(act: Deliberation, sheets: Sequence[Sheet], *, first: bool) -> ReportAct:
    approves = first and all(sheet.change == Change.INSERITO for sheet in sheets)
    known = [sheet for sheet in sheets if sheet.on_file]
    return ReportAct(
        name=full_name(act),
        short=act.short,
        force=f"in vigore dal {act.in_force_from:%d/%m/%Y}" if act.in_force_from else "non ancora in vigore",
        subject=act.subject,
        on_file=act.on_file,
        first=approves,
        count=_count(act, sheets, approves),
        sheets=[]
        if approves
        else sorted((_changed(sheet) for sheet in known), key=lambda one: (one.sector, one.number)),
    )


def _count(act: Deliberation, sheets: Sequence[Sheet], approves: bool) -> str:
    if not act.on_file:
        told = number_of(len(sheets), "scheda che un atto seguente cambia", "schede che atti seguenti cambiano")
        return f"testo non in archivio: se ne conosce solo {told}"
    if approves:
        return f"approva il piano con {number_of(len(sheets), 'scheda', 'schede')}"
    return counted(sheet.change for sheet in sheets)


def _changed(sheet: Sheet) -> ChangedSheet:
    before, after = _weights(sheet)
    return ChangedSheet(
        sector=sheet.sector.name,
        number=sheet.number,
        title=sheet.title,
        change=sheet.change,
        before=before,
        after=after,
        motive=_capital(Motive(sheet.motive).label) if sheet.motive else "",
        text=sheet.motive_text.strip().rstrip("."),
        besides=_besides(sheet),
    )


def _weights(sheet: Sheet) -> tuple[str, str]:
    """Before and after. An ELIMINATO takes away the weight that its own text repeats (R05)."""
    base = sheet.base
    known: Decimal | None = base.weight if base and base.on_file else None
    if sheet.change == Change.INSERITO:
        return NOTHING, written(sheet.weight)
    if sheet.change == Change.ELIMINATO:
        return written(sheet.weight if known is None else known), NOTHING
    return written(known), written(sheet.weight)


def _besides(sheet: Sheet) -> str:
    instead, base, parts = sheet.substitutes, sheet.base, []
    if instead:
        parts.append(f"In luogo di n° {instead.number} {instead.title}")
    if base and base.sector_id != sheet.sector_id:
        parts.append(f"Passa dal settore {base.sector.short_name} al settore {sheet.sector.short_name}")
    return ". ".join(parts)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
