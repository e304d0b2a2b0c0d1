"""The sheets of an act or of a proposal, with all that its papers need of them."""

from collections.abc import Sequence
from dataclasses import replace

from deliberations.models import Deliberation
from objectives.exchange import fingerprint
from objectives.gathered import sheets_of
from objectives.models import Sheet
from objectives.papers.paper import NOT_ADOPTED
from objectives.pdf import SheetWork
from objectives.printing import work_of


def sheets_on_paper(act: Deliberation) -> list[Sheet]:
    """Return the sheets of an act or proposal with rows and bases, in the order of printing, in ten queries."""
    ordered = sheets_of(act).order_by("position", "pk") if act.registered_at else sheets_of(act)
    related = ordered.select_related("base__sector", "base__manager", "substitutes", "approved_by")
    rows = ("phases", "indicators", "participations")
    of_bases = (f"base__{name}" for name in rows)
    return list(related.select_related("deliberation__entity").prefetch_related(*rows, *of_bases))


def printed_work(sheet: Sheet) -> SheetWork:
    """Return what printing a sheet takes. One of a proposal says on every page that nobody adopted it.

    Raises LookupError for one that stands in neither.
    """
    work, act = work_of(sheet), sheet.deliberation
    if act is None or act.registered_at:
        return work
    version = fingerprint(work.source["sheets"][0], act)[:12]
    form = replace(work.form, banner=NOT_ADOPTED, force_line="", version=version)
    return SheetWork(form, work.source, sheet.approved_at or sheet.created_at)


def works(sheets: Sequence[Sheet]) -> list[SheetWork]:
    """Return what printing each of the sheets takes."""
    return [printed_work(sheet) for sheet in sheets]
