"""A Relazione to start from: of the plan of this year, its final verification closed; and the act that approves it."""

import datetime as dt
import io
from typing import Any

import pikepdf
from django.utils import timezone

from deliberations.models import Deliberation
from documents.models import freeze
from evaluations.choices import ReportState, RoundKind
from evaluations.models import Report, Round
from evaluations.rounds import close, confirm, enter, open_round
from evaluations.rounds.active import active_sheets
from objectives.models import Plan
from organisation.models import Entity, User
from tests.results import ON, analysis, everything, result
from tests.this_year import YEAR, sheet_of

TEXTS = {"presentation": "Un anno di lavoro.", "context": "Meno risorse.", "conclusions": "Si prosegue."}


def closed_final(plan: Plan, *, office: User, manager: User, by: User) -> Round:
    """The final verification, closed: all was achieved but one relazione, so that FINANZIARIO n° 1 is below target."""
    final = open_round(plan, RoundKind.FINALE, on=ON, by=by)
    fewer = sheet_of(plan, 1)
    achieved = [change for sheet in active_sheets(final) for change in everything(sheet)]
    enter(final, [*achieved, result(fewer, 1, achieved="1 giornata"), analysis(fewer)], by=office)
    for review in final.sectors.select_related("sector"):
        confirm(final, review.sector, by=manager)
    return close(final, by=by)


def written_pdf(*lines: str) -> bytes:
    """A PDF of one page that says these lines, as a word processor makes it: no scripts, nothing attached."""
    told = b" ".join(f"({line}) Tj T*".encode("latin-1") for line in lines)
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 12 Tf 14 TL 60 700 Td " + told + b" ET")
        pdf.save(out)
    return out.getvalue()


def frozen_report(report: Report, final: Round | None, content: bytes = b"%PDF-1.7 relazione") -> Report:
    """A Relazione whose final text is there, as freezing leaves it; its file holds a few bytes."""
    entity = report.plan.entity
    report.document = freeze(entity=entity, subject=f"relazione {report.pk}", name="relazione.pdf", content=content)
    report.round = final
    report.state = ReportState.CONGELATA
    report.row_version += 1
    report.save()
    return report


def approving_act(entity: Entity, **facts: Any) -> Deliberation:
    """An act of the year after the plan's."""
    told = {"number": 40, "year": YEAR + 1, "session_on": dt.date(YEAR + 1, 5, 20), "subject": "Relazione.", **facts}
    act = Deliberation(entity=entity, registered_at=timezone.now(), **told)
    act.save()
    return act
