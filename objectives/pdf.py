"""The official form «scheda obiettivo» as a PDF, made from the exchange format of one sheet.

The form's fields and their order are those of the form attached to deliberation G.C. 100/2022 of the Comune di Caluso.
A PDF is made from one version alone (rule R35): from its exchange text, its version id and the act that adopted it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from deliberations import calendar
from deliberations.models import BODY_ABBREVIATIONS
from documents.render import Attachment, render_pdf
from objectives.choices import SLOTS, Change, Family
from objectives.sheet_form import REVIEW_LABELS

MONTHS = tuple(month.capitalize() for month in calendar.MONTHS)
AVERAGES = {key: REVIEW_LABELS[key].upper() for key in ("value_average", "time_average")}
ANALYSIS = {key: REVIEW_LABELS[key] for key in ("causes", "effects", "taken", "to_take")}
DEMO_LINE = "DATI DIMOSTRATIVI"
PAIRED_LENGTH = 1000
"""Characters of a column of phases up to which the two columns stand side by side: a page cannot break such a pair."""


@dataclass(frozen=True)
class PhaseSlot:
    """One of the eight numbered places for a phase; an unused one has an empty text."""

    slot: int
    text: str


@dataclass(frozen=True)
class IndexTable:
    """The indicators of one family, as written: text, expected, achieved, deviation."""

    label: str
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class TimelineRow:
    """The twelve month cells of a phase: empty, ``X`` for the plan's year, or the other years in which it runs."""

    slot: int
    cells: Sequence[str]


@dataclass(frozen=True)
class ReviewRow:
    """One line of the two verifications, side by side."""

    label: str
    interim: str
    final: str


@dataclass(frozen=True)
class SheetForm:
    """Everything that the printed form shows, as text; the template decides nothing."""

    entity: str
    plan_name: str
    year: int
    heading: str
    mark: str
    weight: str
    sector: str
    manager: str
    dup_link: str
    title: str
    paragraphs: Sequence[str]
    phases: Sequence[PhaseSlot]
    families: Sequence[IndexTable]
    timeline: Sequence[TimelineRow]
    interim_date: str
    final_date: str
    averages: Sequence[ReviewRow]
    analysis: Sequence[ReviewRow]
    staff: Sequence[Mapping[str, str]]
    staff_total: str
    notes: Sequence[str]
    act_line: str
    force_line: str
    version: str
    on_file: bool = True
    demo: bool = False
    banner: str = ""
    """What stands at the head of every page of a version that no act adopted: "PROPOSTA – non adottata"."""
    months = MONTHS

    @property
    def columns(self) -> Sequence[Sequence[PhaseSlot]]:
        """The phases in the form's two columns: 1 to 4, and 5 to 8."""
        return self.phases[: SLOTS // 2], self.phases[SLOTS // 2 :]

    @property
    def paired(self) -> bool:
        """Whether the two columns stand side by side; long ones stand one under the other."""
        return all(sum(len(phase.text) for phase in column) <= PAIRED_LENGTH for column in self.columns)

    @property
    def running_head(self) -> str:
        """The head of the pages after the first."""
        return f"{self.entity} – {self.heading} – {self.sector}"

    @property
    def version_line(self) -> str:
        return f"Versione {self.version}"

    @property
    def demo_line(self) -> str:
        """The head of every page that must not be taken for what it is not; empty for an adopted text."""
        return " · ".join(line for line in (self.banner, DEMO_LINE if self.demo else "") if line)


def italian_date(day: date | str | None) -> str:
    """A date as an office writes it, ``18/10/2022``; empty for none."""
    if not day:
        return ""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return day.strftime("%d/%m/%Y")


def act_name(act: Mapping[str, Any]) -> str:
    """``Deliberazione G.C. n. 100 del 18/10/2022``; a proposal, which has no number yet, says so."""
    if not act.get("number"):
        return "Proposta non ancora adottata"
    body = act.get("body") or ""
    body = "".join(f"{letter}." for letter in BODY_ABBREVIATIONS.get(body, "")) or body
    day = f"del {italian_date(act['date'])}" if act.get("date") else f"del {act['year']}"
    return f"Deliberazione {body} n. {act['number']} {day}"


def force_line(day: date | None, *, removed: bool = False) -> str:
    """Since when a text is in force (``testo vigente dal 18/10/2022``) or removed, or that it is not enforceable."""
    what = "obiettivo eliminato" if removed else "testo vigente"
    return f"{what} dal {italian_date(day)}" if day else "in attesa di esecutività"


def form_from_exchange(
    sheet: Mapping[str, Any],
    document: Mapping[str, Any],
    *,
    version: str,
    in_force_from: date | None = None,
    mark: str | None = None,
    plan_name: str = "Piano della Performance",
    demo: bool = False,
    on_file: bool = True,
    exception: str = "",
) -> SheetForm:
    """The form of one sheet of an exchange document (``caluso-perf/act``); `version` is the id printed at the foot.

    `in_force_from` is the day from which its act has effect (R17), None while it waits. `mark` is printed in the place
    of the sheet's change where the two differ: an empty one for a text that is not on file. `exception` is the written
    reason of an approval that R20 would forbid: whoever reads the sheet reads it.
    """
    act, year = document["act"], document["plan"]["year"]
    interim, final = _reviews(sheet)
    return SheetForm(
        entity=document["entity"],
        plan_name=f"{plan_name} {year}",
        year=year,
        heading=_heading(sheet, year),
        mark=(sheet.get("change") or "") if mark is None else mark,
        **_content(sheet, year),
        interim_date=interim.get("date") or "",
        final_date=final.get("date") or "",
        averages=_review_rows(AVERAGES, interim, final),
        analysis=_review_rows(ANALYSIS, interim, final),
        notes=[*_notes(sheet, act, in_force_from, on_file), *_exception(exception)],
        act_line=act_name(act),
        force_line=force_line(in_force_from, removed=sheet.get("change") == Change.ELIMINATO),
        version=version,
        on_file=on_file,
        demo=demo,
    )


def _heading(sheet: Mapping[str, Any], year: int) -> str:
    return " ".join(f"ANNO {year} - Obiettivo {(sheet.get('kind') or '').lower()} n° {sheet['number']}".split())


def _content(sheet: Mapping[str, Any], year: int) -> dict[str, Any]:
    """What the form takes from the sheet alone, as written."""
    staff, phases = sheet.get("staff", ()), sheet.get("phases", ())
    return {
        "weight": printed_weight(sheet.get("weight")),
        "sector": sheet["sector"],
        "manager": sheet.get("manager") or "",
        "dup_link": sheet.get("dup_link") or "",
        "title": sheet.get("title") or "",
        "paragraphs": [part for part in (sheet.get("description") or "").split("\n\n") if part],
        "phases": _slots(phases),
        "families": _families(sheet.get("indicators", ())),
        "timeline": [_timeline_row(phase, year) for phase in phases],
        "staff": staff,
        "staff_total": staff_total([person["share"] for person in staff]),
    }


def render_sheet(form: SheetForm, source: Mapping[str, Any], *, created: datetime) -> bytes:
    """The form as PDF/A-3a + PDF/UA-1, with `source` (its exchange document) inside as JSON.

    `created` is an aware moment belonging to the version. Raises PdfUnavailable where Pango is missing.
    """
    return render_pdf(
        "pdf/sheet.html",
        {"form": form},
        title=f"{form.entity} - {form.heading} - {form.sector}",
        created=created,
        identifier=form.version,
        attachments=[attached_exchange(source, form.version)],
    )


class SheetWork(NamedTuple):
    """What printing one sheet takes, so that another process can do it."""

    form: SheetForm
    source: Mapping[str, Any]
    created: datetime


def render_work(work: SheetWork) -> bytes:
    """The PDF of one sheet. Raises PdfUnavailable as `render_sheet`."""
    return render_sheet(work.form, work.source, created=work.created)


def attached_exchange(source: Mapping[str, Any], version: str) -> Attachment:
    """The exchange document as the file that travels inside the PDF."""
    content = json.dumps(source, ensure_ascii=False, indent=1).encode()
    return Attachment(f"scheda-{version}.json", content, "Dati della scheda nel formato di scambio caluso-perf/act")


def staff_total(shares: Sequence[str]) -> str:
    """The sum of the shares as written (``50``, ``33,3%``); empty when none is written or one is no number."""
    try:
        numbers = [Decimal(share.replace("%", "").replace(",", ".").strip()) for share in shares if share.strip()]
    except InvalidOperation:
        return ""
    return f"{sum(numbers, Decimal()).normalize():f}%".replace(".", ",") if numbers else ""


def printed_weight(weight: Any) -> str:
    return "non noto" if weight is None else str(weight).replace(".", ",")


def _slots(phases: Sequence[Mapping[str, Any]]) -> list[PhaseSlot]:
    texts = {phase["slot"]: phase["text"] for phase in phases}
    return [PhaseSlot(slot, texts.get(slot, "")) for slot in range(1, max([SLOTS, *texts]) + 1)]


def _families(indicators: Sequence[Mapping[str, str]]) -> list[IndexTable]:
    return [IndexTable(family.label, [row for row in indicators if row["family"] == family]) for family in Family]


def _timeline_row(phase: Mapping[str, Any], year: int) -> TimelineRow:
    return TimelineRow(phase["slot"], month_cells(phase["months"], year))


def month_cells(months: Sequence[str], year: int) -> list[str]:
    """The twelve cells of the form's chart for `months` ("2022-10") of a plan of `year`."""
    return [_cell(months, month, year) for month in range(1, len(MONTHS) + 1)]


def _cell(months: Sequence[str], month: int, year: int) -> str:
    years = [int(text[:4]) for text in sorted(months) if int(text[5:]) == month]
    return "X" if years == [year] else ", ".join(map(str, years))


def _reviews(sheet: Mapping[str, Any]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The intermediate and the final verification; an empty mapping for one that is not filled."""
    by_round = {review["round"]: review for review in sheet.get("reviews", ())}
    return by_round.get("INTERMEDIA", {}), by_round.get("FINALE", {})


def _review_rows(labels: Mapping[str, str], interim: Mapping[str, str], final: Mapping[str, str]) -> list[ReviewRow]:
    return [ReviewRow(label, interim.get(key) or "", final.get(key) or "") for key, label in labels.items()]


def _exception(reason: str) -> list[str]:
    return [f"Approvata con deroga scritta: {reason}"] if reason else []


def _notes(sheet: Mapping[str, Any], act: Mapping[str, Any], start: date | None, on_file: bool) -> list[str]:
    """What stands above the form. Nothing here speaks of today: the file is kept, and read on any day."""
    notes = []
    if not on_file:
        notes.append(f"Testo non in archivio. La scheda risulta approvata con {act_name(act)}.")
    elif sheet.get("change") == Change.ELIMINATO:
        when = f"dal {italian_date(start)}" if start else "da quando l'atto sarà esecutivo"
        notes.append(f"Obiettivo eliminato {when}: segue il testo in vigore fino ad allora.")
    if sheet.get("motive_text"):
        notes.append(f"Motivo: {sheet['motive_text']}")
    return notes
