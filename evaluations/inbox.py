"""What waits for a person in verifications and validations: more trays for the first page (objectives.upper_rooms)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from evaluations.choices import RoundStep, ValidationState
from evaluations.models import RoundPassage, Validation
from evaluations.overview import to_close, to_confirm
from evaluations.report_waiting import missing_text, step, to_prepare, to_word
from objectives.inbox import Item, Tray
from objectives.permissions import Standing
from organisation.models import Entity
from organisation.roles import Deed

RELATED = ("plan", "act__entity", "report__plan", "requested_by")


def trays(entity: Entity, person: Standing, rounds: Iterable[Any]) -> list[Tray]:
    """Return what waits for the person in an entity: one query for each tray that their roles allow.

    `rounds` are its verifications; `ready` are those that can be closed.
    """
    found = []
    if person.may(Deed.VALIDATE):
        found += _packages(entity)
    if person.may(Deed.RESULTS):
        found += [_results(entity, person), _texts(entity, person)]
    if person.may(Deed.EVALUATE):
        found += [_rounds(entity, rounds), _reports(entity)]
        found.append(_tray_of_validations("riprendere", "Validazioni da riprendere", entity, to_resume([entity.pk])))
    return found


def counts(people: dict[int, Standing]) -> dict[int, int]:
    """Return how many things wait in each entity: at most six queries, whatever is there."""
    counted = dict.fromkeys(people, 0)
    for deed, found, place in (
        (Deed.VALIDATE, to_validate, "plan__entity"),
        (Deed.EVALUATE, to_resume, "plan__entity"),
        (Deed.EVALUATE, to_close, "plan__entity"),
        (Deed.EVALUATE, to_prepare, "entity"),
    ):
        if entities := [key for key, person in people.items() if person.may(deed)]:
            for entity, number in found(entities).order_by().values_list(place).annotate(Count("pk")):
                counted[entity] += number
    for found in (to_confirm, to_word):
        for entity, sector in _of_sectors(people, found):
            counted[entity] += _is_own(people[entity], sector)
    return counted


def to_validate(entities: Iterable[int]) -> "QuerySet[Validation]":
    """Return the packages that wait for the Nucleo, the one that has waited longest first."""
    waiting = Validation.objects.filter(plan__entity__in=entities, state=ValidationState.DA_VALIDARE)
    return waiting.order_by("requested_at", "pk")


def _packages(entity: Entity) -> list[Tray]:
    """What the Nucleo has before it, and what is being made for it."""
    being_made = Q(state=ValidationState.IN_PREPARAZIONE, problem="")
    mine = Validation.objects.filter(being_made | Q(state=ValidationState.DA_VALIDARE), plan__entity=entity)
    items: dict[str, list[Item]] = {ValidationState.DA_VALIDARE: [], ValidationState.IN_PREPARAZIONE: []}
    for one in mine.select_related(*RELATED).order_by("requested_at", "pk"):
        items[one.state].append(_item(entity, one))
    ready, to_come = items.values()
    url = reverse("validations", args=[entity.slug])
    return [
        Tray("da-validare", "Da validare", ready, url),
        Tray("in-preparazione", "Fascicolo in preparazione", to_come, url, to_come=True),
    ]


def to_resume(entities: Iterable[int]) -> "QuerySet[Validation]":
    """Return what comes back to the Segretario: packages sent back and not sent again, and those that failed."""
    again = Validation.objects.filter(plan=OuterRef("plan"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    sent_back = Q(state=ValidationState.RESTITUITA) & ~Exists(again)
    failed = Q(state=ValidationState.IN_PREPARAZIONE) & ~Q(problem="")
    return Validation.objects.filter(sent_back | failed, plan__entity__in=entities).order_by("requested_at", "pk")


def _of_sectors(people: dict[int, Standing], waiting: Callable[[Any], Any]) -> Iterable[tuple[int, int]]:
    """The entity and the settore of each thing that waits for who enters results."""
    entities = [key for key, person in people.items() if person.may(Deed.RESULTS)]
    if not entities:
        return ()
    found: Iterable[tuple[int, int]] = waiting(entities).order_by().values_list("round__plan__entity", "sector")
    return found


def _is_own(person: Standing, sector: int) -> bool:
    own = person.sectors_for(Deed.RESULTS)
    return own is None or sector in own


def _tray_of_validations(key: str, label: str, entity: Entity, found: "QuerySet[Validation]") -> Tray:
    items = [_item(entity, validation) for validation in found.select_related(*RELATED)]
    return Tray(key, label, items, reverse("validations", args=[entity.slug]))


def _item(entity: Entity, validation: Validation) -> Item:
    detail, note = "Fascicolo congelato: leggerlo e registrare la decisione.", ""
    if validation.state == ValidationState.RESTITUITA:
        detail, note = "Restituita dal Nucleo: rimediare e trasmettere di nuovo.", validation.reasons
    elif validation.problem:
        detail, note = "La preparazione del fascicolo non è riuscita.", validation.problem
    elif validation.state == ValidationState.IN_PREPARAZIONE:
        detail = "Si potrà leggere quando è completo e congelato: di solito pochi minuti."
    url = reverse("validation", args=[entity.slug, validation.pk])
    return Item(str(validation), url, validation.decided_at or validation.requested_at, detail, note)


def _results(entity: Entity, person: Standing) -> Tray:
    """The settori of the person whose results are to be entered or confirmed."""
    opened = RoundPassage.objects.filter(round=OuterRef("round"), kind__in=[RoundStep.APERTA, RoundStep.RIAPERTA])
    found = to_confirm([entity.pk]).annotate(since=Subquery(opened.order_by("-pk").values("at")[:1]))
    detail = "Inserire i risultati e confermarli." if person.may(Deed.CONFIRM) else "Inserire i risultati."
    ordered = found.order_by(F("since").asc(nulls_first=True), "sector__match_key")
    items = [_settore(entity, one, detail) for one in ordered if _is_own(person, one.sector_id)]
    return Tray("risultati", "Risultati delle verifiche", items, reverse("rounds", args=[entity.slug]))


def _settore(entity: Entity, review: Any, detail: str) -> Item:
    verification = review.round
    where = [entity.slug, verification.plan.year, verification.slug, review.sector_id]
    return Item(
        f"{verification}: {review.sector.short_name}", reverse("round_sector", args=where), review.since, detail
    )


def _texts(entity: Entity, person: Standing) -> Tray:
    """The settori of the person whose text the Relazione still lacks."""
    found = [one for one in to_word([entity.pk]) if _is_own(person, one.sector_id)]
    whole = reverse("report", args=[entity.slug, found[0].round.plan.year]) if found else ""
    return Tray("testi", "Testi del settore per la Relazione", [missing_text(one) for one in found], whole)


def _reports(entity: Entity) -> Tray:
    """The Relazione of each year that waits for the Segretario's next step."""
    items = [step(plan) for plan in to_prepare([entity.pk])]
    return Tray("relazione", "Relazione sulla performance", items, reverse("deadlines", args=[entity.slug]))


def _rounds(entity: Entity, rounds: Iterable[Any]) -> Tray:
    """The verifications that the Segretario can close."""
    items = [
        Item(
            str(verification),
            reverse("round", args=[entity.slug, verification.plan.year, verification.slug]),
            verification.on,
            "Tutti i settori hanno confermato: si può chiudere.",
        )
        for verification in rounds
        if verification.ready
    ]
    return Tray("chiudere", "Verifiche da chiudere", items, reverse("rounds", args=[entity.slug]))
