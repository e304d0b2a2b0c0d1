"""The exchange format `caluso-perf/act`, version 1: what is in it, and what is wrong with what claims to be it.

The published form of the same is docs/exchange.schema.json.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from objectives.choices import Change, Family, Motive
from objectives.importing import values
from objectives.importing.values import FIRST_YEAR, LAST_YEAR, Check
from objectives.targets import read_target
from organisation.folding import sector_key

FORMAT = "caluso-perf/act"
VERSION = 1
ROUNDS = ("INTERMEDIA", "FINALE")
LONGEST = 20_000  # characters of a free text
_SUBSTITUTION = {Change.INSERITO, Change.ELIMINATO}

_YEAR = values.number(FIRST_YEAR, LAST_YEAR)
_NAME = values.text(150, empty=False)
_DAY = values.nullable(values.day)
_FREE = values.text(LONGEST)
_VOTES = values.number(0, 999)


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an object: how a message calls it, what it may hold, whether it may be absent."""

    key: str
    name: str
    check: Check | None
    optional: bool = False


ROOT = (
    Field("format", "il formato", values.one_of(FORMAT)),
    Field("version", "la versione del formato", values.number(VERSION, VERSION)),
    Field("entity", "il nome dell'ente", values.text(200, empty=False)),
    Field("act", "l'atto", None),
    Field("plan", "il piano", None),
    Field("sheets", "l'elenco delle schede", None),
)
ACT = (
    Field("body", "l'organo", values.text(60, empty=False)),
    Field("number", "il numero della deliberazione", values.number(1, 99_999)),
    Field("year", "l'anno della deliberazione", _YEAR),
    Field("date", "la data della seduta", values.day),
    Field("time", "l'ora della seduta", values.nullable(values.clock_time)),
    Field("subject", "l'oggetto", values.text(LONGEST, empty=False)),
    Field("members", "l'elenco dei componenti", None),
    Field("secretary", "il segretario", values.nullable(_NAME)),
    Field("proposer", "il proponente", values.nullable(_NAME)),
    Field("opinions", "l'elenco dei pareri", None),
    Field("vote", "la votazione", values.nullable(values.text(60))),
    Field("immediately_enforceable", "l'immediata eseguibilità", values.truth),
    Field("publication_start", "l'inizio della pubblicazione", _DAY),
    Field("publication_days", "la durata della pubblicazione", values.nullable(values.number(1, 365))),
    Field("group_leaders_informed_on", "la comunicazione ai capigruppo", _DAY),
    Field("enforceable_on", "la data di esecutività", _DAY),
    Field("cites", "l'elenco degli atti citati", None),
    Field("immediate_reason", "il motivo dell'immediata eseguibilità", _FREE, optional=True),
    Field("votes_for", "i voti favorevoli", _VOTES, optional=True),
    Field("votes_against", "i voti contrari", _VOTES, optional=True),
    Field("abstained", "gli astenuti", _VOTES, optional=True),
    Field("immediate_for", "i favorevoli all'immediata eseguibilità", _VOTES, optional=True),
    Field("immediate_against", "i contrari all'immediata eseguibilità", _VOTES, optional=True),
    Field("immediate_abstained", "gli astenuti sull'immediata eseguibilità", _VOTES, optional=True),
)
OPTIONAL_OF_ACT = tuple(field.key for field in ACT if field.optional)
MEMBER = (
    Field("name", "il nome", _NAME),
    Field("office", "la carica", values.text(60)),
    Field("present", "la presenza", values.truth),
)
OPINION = (
    Field("kind", "il tipo di parere", values.one_of("TECNICA", "CONTABILE")),
    Field("outcome", "l'esito", values.one_of("FAVOREVOLE", "CONTRARIO", "NON_NECESSARIO")),
    Field("signer", "il firmatario", values.nullable(_NAME)),
    Field("date", "la data", _DAY),
)
CITATION = (
    Field("body", "l'organo", values.text(60, empty=False), optional=True),
    Field("number", "il numero", values.number(1, 99_999)),
    Field("year", "l'anno", _YEAR),
    Field("date", "la data", _DAY),
)
PLAN = (Field("year", "l'anno del piano", _YEAR), Field("triennium", "il triennio", values.span))
SHEET = (
    Field("sector", "il settore", values.text(200, empty=False)),
    Field("manager", "il responsabile", values.text(150)),
    Field("kind", "il tipo di obiettivo", values.text(30)),
    Field("number", "il numero", values.number(1, 999)),
    Field("weight", "il peso", values.weight),
    Field("change", "la variazione", values.one_of(*Change.values)),
    Field("title", "il titolo dell'obiettivo", values.text(LONGEST, empty=False)),
    Field("description", "la descrizione", _FREE),
    Field("dup_link", "il collegamento con il DUP", _FREE),
    Field("phases", "l'elenco delle fasi", None),
    Field("indicators", "l'elenco degli indicatori", None),
    Field("staff", "il personale coinvolto", None),
    Field("motive", "il motivo", values.one_of(*Motive.values), optional=True),
    Field("motive_text", "la motivazione", _FREE, optional=True),
    Field("reviews", "l'elenco delle verifiche", None, optional=True),
)
PHASE = (
    Field("slot", "il posto", values.number(1, 8)),
    Field("text", "il testo", _FREE),
    Field("months", "i mesi", values.months),
)
INDICATOR = (
    Field("family", "il tipo di indice", values.one_of(*Family.values)),
    Field("text", "il testo", _FREE),
    Field("expected", "il valore atteso", _FREE),
    Field("achieved", "il valore raggiunto", _FREE),
    Field("deviation", "lo scostamento", _FREE),
)
STAFF = (
    Field("category", "la categoria", values.text(30)),
    Field("name", "il nome", _NAME),
    Field("share", "la percentuale", values.text(30)),
)
REVIEW = (
    Field("round", "la verifica", values.one_of(*ROUNDS)),
    *(
        Field(key, name, _FREE)
        for key, name in (
            ("date", "la data"),
            ("value_average", "la media del valore raggiunto"),
            ("time_average", "la media del rispetto dei tempi"),
            ("causes", "le cause"),
            ("effects", "gli effetti"),
            ("taken", "i provvedimenti intrapresi"),
            ("to_take", "i provvedimenti da attivare"),
        )
    ),
)
_ROWS = (("phases", "fase", PHASE), ("indicators", "indicatore", INDICATOR), ("staff", "personale, riga", STAFF))
_ACT_ROWS = (("members", "componente", MEMBER), ("opinions", "parere", OPINION), ("cites", "atto citato", CITATION))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a path ("sheets.2.weight"), in an Italian sentence; `code` as in `findings`."""

    path: str
    message: str
    code: str = "I04"


def problems(data: Any) -> list[Problem]:
    """All that is wrong with something that claims to be an act of the exchange format; nothing for a sound one."""
    found = list(_object(data, ROOT, "", "Documento"))
    if not isinstance(data, dict):
        return found
    found += _object(data.get("act"), ACT, "act", "Atto") if "act" in data else []
    found += _object(data.get("plan"), PLAN, "plan", "Piano") if "plan" in data else []
    act = data.get("act")
    for key, name, fields in _ACT_ROWS:
        found += _rows(act.get(key) if isinstance(act, dict) else [], fields, f"act.{key}", f"Atto, {name}")
    found += _sheets(data.get("sheets"))
    return found or [
        *_impossible_days(data),
        *_impossible_months(data),
        *_slots(data),
        *_doubles(data),
        *_order(data),
        *_repeats(data),
    ]


def name_of(sheet: dict[str, Any], index: int) -> str:
    """How a message calls a sheet: "Scheda 3 (FINANZIARIO n° 2)"."""
    return f"Scheda {index + 1} ({sheet.get('sector') or 'settore ignoto'} n° {sheet.get('number') or '?'})"


def cited_name(cited: dict[str, Any], act: dict[str, Any]) -> str:
    """How a message calls an act that `act` cites: "Consiglio Comunale 42/2019". Unsaid, the body is the act's own."""
    return f"{cited.get('body', act['body'])} {cited['number']}/{cited['year']}"


def _object(value: Any, fields: tuple[Field, ...], path: str, where: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(path, f"{where}: ha una forma che il formato non prevede.")
        return
    for field in fields:
        if field.key not in value:
            if not field.optional:
                yield Problem(path, f"{where}: manca {field.name} («{field.key}»).")
        elif field.check and (reproach := field.check(value[field.key])):
            yield Problem(_join(path, field.key), f"{where}: {field.name} {reproach}.")
    for key in value.keys() - {field.key for field in fields}:
        yield Problem(_join(path, key), f"{where}: la voce {values.shown(key)} non è prevista dal formato.")


def _rows(rows: Any, fields: tuple[Field, ...], path: str, where: str) -> Iterator[Problem]:
    if not isinstance(rows, list):
        yield Problem(path, f"{where}: l'elenco ha una forma che il formato non prevede.")
        return
    for index, row in enumerate(rows):
        yield from _object(row, fields, f"{path}.{index}", f"{where} {index + 1}")


def _sheets(sheets: Any) -> Iterator[Problem]:
    if not isinstance(sheets, list) or not sheets:
        yield Problem("sheets", "Il documento non contiene nessuna scheda obiettivo.", "I03")
        return
    for index, sheet in enumerate(sheets):
        path = f"sheets.{index}"
        name = name_of(sheet, index) if isinstance(sheet, dict) else f"Scheda {index + 1}"
        yield from _object(sheet, SHEET, path, name)
        if isinstance(sheet, dict):
            for key, row_name, fields in _ROWS:
                yield from _rows(sheet.get(key, []), fields, f"{path}.{key}", f"{name}, {row_name}")
            yield from _rows(sheet.get("reviews", []), REVIEW, f"{path}.reviews", f"{name}, verifica")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _impossible_days(data: dict[str, Any]) -> Iterator[Problem]:
    """An expected value that names a day the calendar has not."""
    year = data["plan"]["year"]
    for index, sheet in enumerate(data["sheets"]):
        for row, indicator in enumerate(sheet["indicators"]):
            target = read_target(indicator["expected"], family=indicator["family"], plan_year=year)
            if target.problem:
                path = f"sheets.{index}.indicators.{row}"
                yield Problem(path, f"{name_of(sheet, index)}, indicatore {row + 1}: {target.problem}", "R24")


def _impossible_months(data: dict[str, Any]) -> Iterator[Problem]:
    """Months lie in the plan's year or the two after it."""
    year = data["plan"]["year"]
    for index, sheet in enumerate(data["sheets"]):
        for row, phase in enumerate(sheet["phases"]):
            for month in phase["months"]:
                if not year <= int(month[:4]) <= year + 2:
                    sentence = f"il mese {month} è fuori dagli anni {year}–{year + 2} del piano."
                    where = f"{name_of(sheet, index)}, fase {phase['slot']}"
                    yield Problem(f"sheets.{index}.phases.{row}", f"{where}: {sentence}")


def _slots(data: dict[str, Any]) -> Iterator[Problem]:
    """A slot of the form holds one phase."""
    for index, sheet in enumerate(data["sheets"]):
        taken: set[int] = set()
        for row, phase in enumerate(sheet["phases"]):
            if phase["slot"] in taken:
                message = f"{name_of(sheet, index)}: il posto {phase['slot']} è occupato da due fasi."
                yield Problem(f"sheets.{index}.phases.{row}", message)
            taken.add(phase["slot"])


def _doubles(data: dict[str, Any]) -> Iterator[Problem]:
    """R04: the number is unique among the sheets of a settore; only an INSERITO may take that of an ELIMINATO (R06)."""
    seen: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for index, sheet in enumerate(data["sheets"]):
        same = seen.setdefault((sector_key(sheet["sector"]), sheet["number"]), [])
        clash = next((other for change, other in same if {change, sheet["change"]} != _SUBSTITUTION), None)
        if clash is not None:
            message = (
                f"{name_of(sheet, index)}: due schede con lo stesso numero (l'altra è la scheda {clash + 1}); "
                "solo una scheda INSERITA può prendere il numero di una ELIMINATA."
            )
            yield Problem(f"sheets.{index}", message, "R04")
        same.append((sheet["change"], index))


def _order(data: dict[str, Any]) -> Iterator[Problem]:
    """R14: session, publication, enforceability come in this order, and what an act cites came before it."""
    act = data["act"]
    session, published, enforceable = act["date"], act["publication_start"], act["enforceable_on"]
    if published and published < session:
        yield Problem("act.publication_start", "Atto: la pubblicazione precede la seduta; controllare le date.", "R14")
    if enforceable and published and enforceable < published and not act["immediately_enforceable"]:
        yield Problem("act.enforceable_on", "Atto: l'esecutività precede la pubblicazione; controllare le date.", "R14")
    if enforceable and enforceable < session:
        yield Problem("act.enforceable_on", "Atto: l'esecutività precede la seduta; controllare le date.", "R14")
    for index, cited in enumerate(act["cites"]):
        if cited["date"] and cited["date"] > session:
            sentence = f"l'atto citato ({cited_name(cited, act)}) è posteriore alla seduta; controllare le date."
            yield Problem(f"act.cites.{index}", f"Atto: {sentence}", "R14")


def _repeats(data: dict[str, Any]) -> Iterator[Problem]:
    """An act has one opinion of a kind and cites an act once; a sheet has one verification of each round."""
    lists = [("act.opinions", "Atto: il parere", [row["kind"] for row in data["act"]["opinions"]])]
    lists += [("act.cites", "Atto: l'atto citato", [cited_name(row, data["act"]) for row in data["act"]["cites"]])]
    for index, sheet in enumerate(data["sheets"]):
        rounds = [row["round"] for row in sheet.get("reviews", [])]
        lists.append((f"sheets.{index}.reviews", f"{name_of(sheet, index)}: la verifica", rounds))
    for path, name, keys in lists:
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield Problem(f"{path}.{index}", f"{name} {key} è scritto due volte: lasciarne uno.")
