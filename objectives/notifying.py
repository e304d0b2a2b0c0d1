"""Who hears of which hand-over, by e-mail, and in which words. Called by the deeds, in their transaction.

To the Segretario goes what waits for a decision or no longer does; to who wrote or sent a sheet, what was decided
about it; when an act is adopted, to all who worked on its sheets, to their settori and to the Nucleo. Nobody hears
of what they did themselves. Of a comment hears who is named in it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from deliberations.models import Deliberation
from objectives.choices import PassageKind
from objectives.models import Comment, Passage, Sheet
from organisation.models import Entity, User
from organisation.notices import write_notices
from organisation.roles import MAY, Deed, Role

SEGRETARI = frozenset({Role.SEGRETARIO})
WRITERS = frozenset(role for role, deeds in MAY.items() if Deed.DRAFT in deeds)

# For each passage: the end of the subject, what was done, what there is to do.
WORDS: dict[str, tuple[str, str, str]] = {
    PassageKind.INVIATA: (
        "da approvare",
        "ha inviato la scheda",
        "Che cosa fare: leggerla e approvarla, oppure rinviarla con una nota.",
    ),
    PassageKind.RIPRESA: ("invio ritirato", "ha ritirato l'invio della scheda", "Per ora non c'è niente da fare."),
    PassageKind.RINVIATA: (
        "rinviata con una nota",
        "ha rinviato la scheda",
        "Che cosa fare: correggerla e inviarla di nuovo.",
    ),
    PassageKind.APPROVATA: (
        "approvata",
        "ha approvato la scheda",
        "Sarà raccolta in una proposta di deliberazione. Modificarla adesso annulla l'approvazione.",
    ),
    PassageKind.MODIFICATA: (
        "di nuovo in bozza",
        "ha modificato dopo l'invio la scheda",
        "Invio e approvazione non valgono più: la scheda è di nuovo una bozza, da inviare quando è pronta.",
    ),
    PassageKind.RITIRATA: ("bozza ritirata", "ha ritirato la bozza della scheda", "Il testo vigente resta com'è."),
}
TO_SEGRETARIO = frozenset({PassageKind.INVIATA, PassageKind.RIPRESA, PassageKind.MODIFICATA})
TO_WRITERS = frozenset(WORDS) - {PassageKind.INVIATA, PassageKind.RIPRESA}


def handed_over(sheet: Sheet, passage: Passage) -> None:
    """Write the e-mails for one passage of a sheet, if it is one that somebody waits for.

    For a draft that is withdrawn, call it before the row is deleted. Of the adoption `proposal_moved` tells, once.
    """
    if passage.kind not in WORDS:
        return
    entity, gone = _entity(sheet), passage.kind == PassageKind.RITIRATA
    people = list(_writers(sheet)) if passage.kind in TO_WRITERS else []
    people += _members(entity, SEGRETARI) if passage.kind in TO_SEGRETARIO else []
    end, done, to_do = WORDS[passage.kind]
    body = f"{_name(passage.by)} {done} {_described(sheet)}.{_noted(passage.note)}\n\n{to_do}"
    page = reverse("drafts", args=[entity.slug]) if gone else reverse("draft", args=[entity.slug, sheet.pk])
    _tell(entity, people, passage.by, f"{sheet}: {end}", body, page)


def proposal_moved(proposal: Deliberation, what: str, by: Any) -> None:
    """Write the e-mails when a proposal has become an act (`what` is PassageKind.ADOTTATA): one to each person.

    Of the other steps of a proposal nobody is told: whoever takes them is the one for whom the next one waits.
    """
    if what != PassageKind.ADOTTATA:
        return
    sheets = list(proposal.sheets.select_related("sector", "objective__plan").order_by("position"))
    listed = "\n".join(f"- {sheet} ({sheet.change}): {' '.join(sheet.title.split())}" for sheet in sheets)
    day = f" del {proposal.session_on:%d/%m/%Y}" if proposal.session_on else ""
    force = f"In vigore dal {proposal.in_force_from:%d/%m/%Y}." if proposal.in_force_from else "Non ancora in vigore."
    body = f"È registrata la deliberazione {proposal.short}{day}. {force}\n\nSchede adottate:\n{listed}"
    path = reverse("act", args=[proposal.entity.slug, proposal.slug])
    _tell(proposal.entity, _concerned(proposal, sheets), by, f"{proposal.short}: schede adottate", body, path)


def commented(sheet: Sheet, comment: Comment, people: Iterable[User]) -> None:
    """Write the e-mails for a comment on an open version: one to each of the `people` named in it."""
    entity = _entity(sheet)
    body = f"{_name(comment.by)} ha commentato la scheda {_described(sheet)} e la cita:\n\n{comment.note}"
    to_do = "Che cosa fare: leggere il commento e, se serve, rispondere nella stessa pagina."
    path = reverse("draft_comments", args=[entity.slug, sheet.pk])
    _tell(entity, people, comment.by, f"{sheet}: un commento da leggere", f"{body}\n\n{to_do}", path)


def _tell(entity: Entity, people: Iterable[User], by: Any, subject: str, body: str, path: str) -> None:
    write_notices(entity, (person for person in people if person != by), subject, body, path)


def _members(entity: Entity, roles: Iterable[str]) -> "QuerySet[User]":
    return User.objects.filter(memberships__entity=entity, memberships__role__in=roles).distinct()


def _writers(sheet: Sheet) -> "QuerySet[User]":
    """Who drafted, edited or sent this version, and still works with the drafts of its settore."""
    wrote = sheet.history.filter(history_user__isnull=False).order_by().values("history_user")
    here = Q(memberships__sectors=sheet.sector_id) | Q(memberships__sectors=None)
    writes = Q(memberships__entity=_entity(sheet), memberships__role__in=WRITERS)
    people: QuerySet[User] = User.objects.filter(writes & here, pk__in=wrote).distinct()
    return people


def _concerned(act: Deliberation, sheets: list[Sheet]) -> "QuerySet[User]":
    """Who wrote a sheet of the act, who works in one of its settori, the Segretari and the Nucleo."""
    wrote = Sheet.history.filter(id__in=[sheet.pk for sheet in sheets], history_user__isnull=False)
    settori = {sheet.sector_id for sheet in sheets}
    here = Q(memberships__sectors__in=settori) | Q(memberships__sectors=None) | Q(pk__in=wrote.values("history_user"))
    offices = Q(memberships__entity=act.entity, memberships__role__in=WRITERS) & here
    others = Q(memberships__entity=act.entity, memberships__role__in=[Role.SEGRETARIO, Role.NUCLEO])
    people: QuerySet[User] = User.objects.filter(offices | others).distinct()
    return people


def _entity(sheet: Sheet) -> Entity:
    return sheet.objective.plan.entity


def _name(by: Any) -> str:
    return str(by) if by else "Chi amministra l'installazione"


def _described(sheet: Sheet) -> str:
    title = " ".join(sheet.title.split())
    return f"{sheet}{f' «{title}»' if title else ''} ({sheet.change}, piano {sheet.objective.plan.year})"


def _noted(note: str) -> str:
    return f"\n\nNota: {note}" if note else ""
