"""What happened to a proposal after an opinion was given on it: why the opinion is void (R10)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from django.utils import timezone

from deliberations.models import Citation, Deliberation, Opinion
from objectives.choices import PassageKind
from objectives.models import Passage, Sheet

HAPPENED = {
    PassageKind.RACCOLTA: "aggiunta la scheda",
    PassageKind.TOLTA: "tolta la scheda",
    PassageKind.RINVIATA: "rinviata, e quindi tolta, la scheda",
    PassageKind.MODIFICATA: "modificata, e quindi tolta, la scheda",
}
WORDS = {
    "subject": "l'oggetto",
    "premises": "le premesse",
    "dispositions": "il dispositivo",
    "proposer": "il proponente",
}


def changes_since(proposal: Deliberation, opinion: Opinion) -> list[str]:
    """Return what changed since `opinion` was put on record, in sentences: words, acts cited, sheets."""
    since: datetime = opinion.history.latest().history_date
    return [*_words(proposal, since), *_citations(proposal, since), *_sheets(proposal, since)]


def _words(proposal: Deliberation, since: datetime) -> Iterator[str]:
    saved = list(proposal.history.order_by("history_id").select_related("history_user"))
    for before, after in pairwise(saved):
        changed = [words for name, words in WORDS.items() if getattr(before, name) != getattr(after, name)]
        if changed and after.history_date > since:
            yield f"cambiato il testo ({', '.join(changed)}){_by(after.history_user, after.history_date)}"


def _citations(proposal: Deliberation, since: datetime) -> Iterator[str]:
    rows = Citation.history.filter(deliberation_id=proposal.pk, history_date__gt=since).select_related("history_user")
    if last := rows.order_by("history_id").last():
        yield f"cambiati gli atti citati{_by(last.history_user, last.history_date)}"


def _sheets(proposal: Deliberation, since: datetime) -> Iterator[str]:
    passages = list(Passage.objects.filter(deliberation=proposal, at__gt=since, kind__in=HAPPENED).select_related("by"))
    sheets = Sheet.objects.select_related("sector").in_bulk([passage.sheet_id for passage in passages])
    for passage in passages:
        name = sheets.get(passage.sheet_id, "che è stata poi ritirata")
        yield f"{HAPPENED[PassageKind(passage.kind)]} {name}{_by(passage.by, passage.at)}"


def _by(person: object, at: datetime) -> str:
    return f" – {person or 'il programma'}, {timezone.localtime(at):%d/%m/%Y %H:%M}"
