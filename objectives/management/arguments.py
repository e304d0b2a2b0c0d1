"""What the commands have in common: an entity, an act, a plan and a moment, as typed on the command line."""

import argparse
import datetime as dt
import re
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.text import slugify

from deliberations.models import BODY_ABBREVIATIONS, Deliberation
from objectives import moments
from objectives.models import Plan
from organisation.models import Entity


def add_entity(parser: CommandParser) -> None:
    """Let the command say of which entity it speaks."""
    parser.add_argument("--ente", metavar="NOME-BREVE", help="l'ente, quando ce n'è più d'uno: caluso")


def add_moment(parser: CommandParser) -> None:
    """Let the command say on which day, or after which act."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--on", metavar="DATA", type=day, help="il piano in vigore a questa data: 2022-10-31")
    group.add_argument("--after", metavar="N/ANNO", help="il piano come risulta dopo questo atto: 100/2022")


def day(text: str) -> dt.date:
    """Read a day written as 2022-10-31 or 31/10/2022."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a legal day has no time zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"«{text}» non è una data: scriverla come 2022-10-31 o 31/10/2022.")


def find_plan(year: int, slug: str | None) -> Plan:
    """Return the plan of a year. Raises CommandError where there is none, or more than one entity has one."""
    plans = Plan.objects.filter(year=year, **_of(slug)).select_related("entity")
    return _only(list(plans), f"un piano per il {year}", slug)


def find_act(text: str, slug: str | None) -> Deliberation:
    """Return the registered act written as "100/2022", "GC 100/2022" or "Giunta Comunale 100/2022".

    Raises CommandError as `find_plan`, and where two bodies have the number and none is named.
    """
    match = re.fullmatch(r"(?:(\D+?)\s+)?(\d{1,5})/(\d{4})", text.strip())
    if match is None:
        raise CommandError(f"«{text}» non indica un atto: scriverlo come 100/2022 o GC 100/2022.")
    named = Deliberation.objects.registered().filter(number=match[2], year=match[3], **_of(slug))
    acts = [act for act in named.select_related("entity") if match[1] is None or _is_of(act, match[1])]
    if len(acts) > 1 and len({act.entity_id for act in acts}) == 1:
        known = " o ".join(sorted(act.short for act in acts))
        raise CommandError(f"Più organi hanno la deliberazione {text}: scrivere {known}.")
    return _only(acts, f"la deliberazione {text}", slug)


def _is_of(act: Deliberation, body: str) -> bool:
    """Whether `body`, in full or as offices shorten it ("GC", "G.C."), is the one that adopted `act`."""
    written = slugify(body.replace(".", ""))
    return written in {slugify(act.body), slugify(BODY_ABBREVIATIONS.get(act.body, act.body))}


def find_moment(plan: Plan, options: dict[str, Any]) -> moments.Moment:
    """Return the moment asked for; today where none is named."""
    if options["on"]:
        return moments.on(plan.entity, options["on"])
    if options["after"]:
        return moments.after(find_act(options["after"], plan.entity.slug))
    return moments.today(plan.entity)


def write(text: str, out: str | None, stdout: Any) -> None:
    """Write `text` to the file `out`, or to the terminal."""
    if out is None:
        stdout.write(text, ending="")
        return
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Non si può scrivere «{out}»: {error.strerror}.") from error


def _of(slug: str | None) -> dict[str, str]:
    return {"entity__slug": slug} if slug else {}


def _only(found: list[Any], what: str, slug: str | None) -> Any:
    if len(found) == 1:
        return found[0]
    known = ", ".join(Entity.objects.values_list("slug", flat=True)) or "nessuno"
    if not found:
        of = f"dell'ente «{slug}»" if slug else "di nessun ente"
        raise CommandError(f"Non è in archivio {what} {of}. Enti in archivio: {known}.")
    raise CommandError(f"Più enti hanno {what}: aggiungere --ente e uno di questi nomi brevi: {known}.")
