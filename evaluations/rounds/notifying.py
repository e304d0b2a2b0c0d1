"""Who hears of which step of a verification, by e-mail. Called by the deeds, in their transaction.

Nobody hears of what they did themselves.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from evaluations.models import Round
from organisation.models import Entity, User
from organisation.notices import write_notices
from organisation.roles import MAY, Deed


def opened(verification: Round, sectors: Iterable[int], by: User) -> None:
    """Tell the offices and responsabili that results are to be entered."""
    body = (
        f"{by} ha aperto la {_named(verification)}, alla data del {verification.on:%d/%m/%Y}.\n\n"
        "Che cosa fare: inserire i risultati del proprio settore; poi il responsabile li conferma."
    )
    _tell(verification, people(verification.plan.entity, Deed.RESULTS, sectors), by, "risultati da inserire", body)


def moved(verification: Round, sectors: Iterable[int], by: User, note: str) -> None:
    """Tell the offices and responsabili that the results are those of another day."""
    day = f"{verification.on:%d/%m/%Y}"
    body = f"{by} ha spostato la {_named(verification)} al {day}.{_noted(note)}\n\nI risultati sono a quella data."
    _tell(verification, people(verification.plan.entity, Deed.RESULTS, sectors), by, f"nuova data, {day}", body)


def all_confirmed(verification: Round, by: User) -> None:
    """Tell the Segretario that the verification can be closed."""
    body = (
        f"Tutti i settori hanno confermato i risultati della {_named(verification)}.\n\n"
        "Che cosa fare: leggerli e chiuderla."
    )
    _tell(verification, people(verification.plan.entity, Deed.EVALUATE), by, "tutti i settori hanno confermato", body)


def taken_back(verification: Round, sector: Any, by: User, note: str) -> None:
    """Tell the settore, and the Segretario, that its results are no longer confirmed."""
    body = (
        f"{by} ha tolto la conferma ai risultati di {sector.short_name} nella {_named(verification)}.{_noted(note)}\n\n"
        "Che cosa fare: correggere i risultati; poi il responsabile li conferma di nuovo."
    )
    heard = people(verification.plan.entity, Deed.RESULTS, [sector.pk]) | people(
        verification.plan.entity, Deed.EVALUATE
    )
    _tell(verification, heard, by, f"conferma tolta a {sector.short_name}", body)


def overtaken(verification: Round, sector: Any, by: User | None, why: str) -> None:
    """Tell the settore, and the Segretario, that an act took its confirmation back."""
    heard = people(verification.plan.entity, Deed.RESULTS, [sector.pk]) | people(
        verification.plan.entity, Deed.EVALUATE
    )
    _tell(verification, heard, by, f"{sector.short_name} da confermare di nuovo", why)


def closed(verification: Round, by: User, note: str) -> None:
    """Tell all who worked on it, and the Nucleo, that the results are fixed."""
    body = f"{by} ha chiuso la {_named(verification)}: risultati e medie non cambiano più.{_noted(note)}"
    _tell(verification, _concerned(verification), by, "chiusa", body)


def reopened(verification: Round, by: User, note: str) -> None:
    """Tell the same people that the results may change again."""
    body = f"{by} ha riaperto la {_named(verification)}: risultati e medie non sono più definitivi.{_noted(note)}"
    _tell(verification, _concerned(verification), by, "riaperta", body)


def people(entity: Entity, deed: Deed, sectors: Iterable[int] | None = None) -> "QuerySet[User]":
    """Return who may do `deed` in the entity: in one of these settori at least, where they are given."""
    roles = [role for role, deeds in MAY.items() if deed in deeds]
    found = Q(memberships__entity=entity, memberships__role__in=roles)
    if sectors is not None:
        found &= Q(memberships__sectors__in=set(sectors)) | Q(memberships__sectors=None)
    reached: QuerySet[User] = User.objects.filter(found).distinct()
    return reached


def _concerned(verification: Round) -> "QuerySet[User]":
    entity, sectors = verification.plan.entity, verification.sectors.values_list("sector", flat=True)
    return people(entity, Deed.RESULTS, sectors) | people(entity, Deed.EVALUATE) | people(entity, Deed.VALIDATE)


def _tell(verification: Round, heard: "QuerySet[User]", by: User | None, end: str, body: str) -> None:
    entity = verification.plan.entity
    path = reverse("round", args=[entity.slug, verification.plan.year, verification.slug])
    write_notices(entity, (person for person in heard if person != by), f"{verification}: {end}", body, path)


def _named(verification: Round) -> str:
    return f"{str(verification)[0].lower()}{str(verification)[1:]}"


def _noted(note: str) -> str:
    return f"\n\nNota: {note.strip()}" if note.strip() else ""
