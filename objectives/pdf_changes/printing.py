"""Prints two versions of a sheet as one PDF/A-3a + PDF/UA-1, adopted or not."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from documents.render import render_pdf
from objectives.comparing import between, version_name
from objectives.exchange import plan_header, plan_to_dict, sheet_to_dict
from objectives.models import Sheet
from objectives.pdf import SheetWork, attached_exchange, form_from_exchange, render_sheet
from objectives.pdf_changes.changed_form import changed_form
from objectives.pdf_changes.facing import facing_sections
from objectives.pdf_changes.marked import told
from objectives.printing import work_of

NOT_ADOPTED = "BOZZA – non adottata"


def render_sheet_with_changes(sheet: Sheet, base: Sheet | None = None) -> bytes:
    """Return the form of a version, adopted or not, with what its base does not say in bold; `base` is another one.

    Where there is no earlier text, or it is not on file, nothing is marked and a note says why. Raises PdfUnavailable.
    """
    base = base or sheet.base
    work = work_for(sheet)
    form = changed_form(work.form, between(base, sheet), version_name(base) if base else "")
    return render_sheet(form, work.source, created=work.created)


def render_facing(base: Sheet, sheet: Sheet) -> bytes:
    """Return two versions side by side, the earlier one first.

    Raises PdfUnavailable, and LookupError with a sentence where a text is not on file.
    """
    work, comparison = work_for(sheet), between(base, sheet)
    if comparison.reason:
        raise LookupError(comparison.reason)
    names = {"old_name": version_name(base), "new_name": version_name(sheet), "old_exception": base.approval_exception}
    return render_pdf(
        "pdf/facing.html",
        {"form": work.form, "sections": facing_sections(comparison), "told": told(comparison), **names},
        title=f"{work.form.entity} - {work.form.heading} - {work.form.sector} - testo a fronte",
        created=work.created,
        identifier=work.form.version,
        attachments=[attached_exchange(work.source, work.form.version)],
    )


def work_for(sheet: Sheet) -> SheetWork:
    """Return what printing a version takes; one that no act adopted says so at the head of every page."""
    if sheet.is_adopted:
        return work_of(sheet)
    plan, content = sheet.objective.plan, sheet_to_dict(sheet)
    version = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
    header = {"entity": plan.entity.name, "act": {}, "plan": plan_header(plan)}
    form = form_from_exchange(
        content, header, version=version, plan_name=plan.name, demo=plan.entity.is_demo,
        exception=sheet.approval_exception,
    )  # fmt: skip
    form = replace(form, banner=NOT_ADOPTED, act_line=NOT_ADOPTED, force_line="")
    return SheetWork(form, plan_to_dict(plan, [sheet]), _begun(sheet))


def _begun(sheet: Sheet) -> datetime:
    begun: datetime = sheet.approved_at or sheet.created_at
    return begun
