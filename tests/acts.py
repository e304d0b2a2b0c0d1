"""Makes acts for tests: the real one, the same as .docx and PDF, and any act of the exchange format as text."""

import html
import io
import json
import re
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import docx

DATA = Path(__file__).parent / "data"
MONTHS = ["Gennaio", "Febbraio", "Marzo", "Aprile", "Maggio", "Giugno"]
MONTHS += ["Luglio", "Agosto", "Settembre", "Ottobre", "Novembre", "Dicembre"]
FAMILIES = (("QUANTITA", "Quantità"), ("TEMPO", "Tempo"), ("COSTO", "Costo"), ("QUALITA", "Qualità"))
REVIEW_ROWS = (
    ("MEDIA VALORE RAGGIUNTO %", "value_average"),
    ("MEDIA RISPETTO DEI TEMPI %", "time_average"),
    ("Analisi degli scostamenti", ""),
    ("Cause", "causes"),
    ("Effetti", "effects"),
    ("Provvedimenti correttivi", ""),
    ("Intrapresi", "taken"),
    ("Da attivare", "to_take"),
)
PDF_STYLE = """@page { size: A4; margin: 12mm } body { font: 8pt sans-serif }
table { border-collapse: collapse; width: 100% }
td { border: 0.5pt solid black; padding: 2pt; vertical-align: top } tr { break-inside: avoid }
td p { margin: 6pt 0 } p { margin: 5pt 0 } .v { white-space: nowrap }"""


@cache
def real_text() -> str:
    """GC 100/2022 as text."""
    return (DATA / "gc-100-2022.txt").read_text(encoding="utf-8")


def real_data() -> dict[str, Any]:
    """GC 100/2022 in the exchange format: a fresh copy, to change at will."""
    return json.loads((DATA / "gc-100-2022.json").read_text(encoding="utf-8"))


def _blocks(text: str) -> list[tuple[int, list[list[str]]]]:
    """The text as tables (rows of one width) and paragraphs (width 1), empty lines left out."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    return [(width, list(group)) for width, group in groupby(rows, key=len)]


def _plain(cell: str) -> list[str]:
    """The paragraphs of a cell, without markup."""
    parts = re.split(r"</p>\s*<p>", cell)
    return [re.sub(r"</?[ip]>|\*+", "", part) for part in parts]


def as_docx(text: str) -> bytes:
    """The act as a word processor would save it."""
    document = docx.Document()
    for width, rows in _blocks(text):
        if width == 1:
            for (line,) in rows:
                document.add_paragraph(_plain(line)[0])
            continue
        table = document.add_table(rows=0, cols=width)
        for row in rows:
            cells = table.add_row()._tr.tc_lst
            for cell, value in zip(cells, row, strict=True):
                first, *others = _plain(value)
                cell.p_lst[0].add_r().text = first
                for other in others:
                    cell.add_p().add_r().text = other
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_html(text: str) -> str:
    """The act as a page with bordered tables."""
    parts = []
    for width, rows in _blocks(text):
        if width == 1:
            parts += [f"<p>{html.escape(_plain(line)[0])}</p>" for (line,) in rows]
        else:
            parts.append("<table>" + "".join(_html_row(row) for row in rows) + "</table>")
    head = f"<head><title>Atto</title><style>{PDF_STYLE}</style></head>"
    return f"<html lang='it'>{head}<body>{''.join(parts)}</body></html>"


def _html_row(row: list[str]) -> str:
    cells = []
    for value in row:
        paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in _plain(value)) if "<p>" in value else ""
        cells.append(f"<td{' class=v' if len(value) < 14 else ''}>{paragraphs or html.escape(_plain(value)[0])}</td>")
    return f"<tr>{''.join(cells)}</tr>"


@cache
def as_pdf(text: str) -> bytes:
    """The act as a born-digital PDF."""
    import weasyprint

    return weasyprint.HTML(string=as_html(text)).write_pdf()


def write_act(data: dict[str, Any]) -> str:
    """Any act of the exchange format as the text an office would have, tables by tabs."""
    act, plan = data["act"], data["plan"]
    return "\n".join([*_heading(data, act), *_decision(act, plan), *_certificates(act), *_sheets(data, plan)]) + "\n"


def _italian(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def _heading(data: dict[str, Any], act: dict[str, Any]) -> list[str]:
    year, month, day = act["date"].split("-")
    hour = f", alle ore {act['time']}" if act["time"] else ""
    lines = [
        data["entity"].upper(),
        f"VERBALE DI DELIBERAZIONE DELLA {act['body'].upper()}",
        f"N. {act['number']}/{act['year']}",
    ]
    lines += ["OGGETTO:", act["subject"]]
    lines += [f"L'anno {year}, addì {int(day)}, del mese di {MONTHS[int(month) - 1].lower()}{hour}, nella sala."]
    if act["members"]:
        lines.append("Cognome e Nome\tCarica\tPr./As.")
    for member in act["members"]:
        lines.append(f"{member['name']}\t{member['office']}\t{'Presente' if member['present'] else 'Assente'}")
    lines += [f"Assiste il Segretario Generale {act['secretary']}."] if act["secretary"] else []
    return lines


def _decision(act: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    lines = [f"PIANO {plan['triennium'][0]}-{plan['triennium'][1]}"]
    for cited in act["cites"]:
        day = f" del {_italian(cited['date'])}" if cited["date"] else f"/{cited['year']}"
        lines.append(f"RICHIAMATA la deliberazione della Giunta Comunale n. {cited['number']}{day};")
    lines += ["Il proponente", act["proposer"]] if act["proposer"] else []
    for opinion in act["opinions"]:
        lines += _opinion(opinion)
    lines += ["LA GIUNTA COMUNALE", f"CON VOTI {_vote(act['vote'])}, espressi in forma palese"] if act["vote"] else []
    lines.append("DELIBERA")
    if act["immediately_enforceable"]:
        lines.append("Il presente atto è dichiarato immediatamente eseguibile.")
    return lines


def _opinion(opinion: dict[str, Any]) -> list[str]:
    if opinion["outcome"] == "NON_NECESSARIO":
        return ["La deliberazione non necessita del parere di regolarità contabile."]
    lines = [f"Parere {opinion['outcome'].lower()} in ordine alla regolarità {opinion['kind'].lower()}."]
    lines += ["Il Responsabile", opinion["signer"]] if opinion["signer"] else []
    return lines + ([f"Caluso, {_italian(opinion['date'])}"] if opinion["date"] else [])


def _vote(vote: str) -> str:
    return "favorevoli unanimi" if vote == "UNANIME" else vote.lower()


def _certificates(act: dict[str, Any]) -> list[str]:
    lines = []
    if act["publication_start"]:
        lines.append(
            f"La presente viene pubblicata all'albo pretorio per {act['publication_days']} giorni con decorrenza dal "
            f"{_italian(act['publication_start'])}."
        )
    if act["group_leaders_informed_on"]:
        lines.append(f"Comunicata ai Capigruppo Consiliari il {_italian(act['group_leaders_informed_on'])}")
    if act["enforceable_on"]:
        lines.append(f"Divenuta esecutiva in data {_italian(act['enforceable_on'])}")
    return lines


def _sheets(data: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    return [line for sheet in data["sheets"] for line in _sheet(data["entity"], plan["year"], sheet)]


def _sheet(entity: str, year: int, sheet: dict[str, Any]) -> list[str]:
    weight = str(sheet["weight"]).replace(".", ",")
    goal = f"Obiettivo {sheet['kind'].lower()} n° {sheet['number']}"
    lines = ["", f"{entity} ANNO {year} - {goal} PESO: {weight} **{sheet['change']}**"]
    lines += ["SETTORE\t\tRESPONSABILE DI SERVIZIO\t\tcollegamento con Rel. Prev. Prog./DUP\t"]
    lines += [f"{sheet['sector']}\t\t{sheet['manager']}\t\t{sheet['dup_link']}\t"]
    lines += [f"OBIETTIVO\t<i>{sheet['title']}</i>\t\t\t\t"]
    paragraphs = "".join(f"<p>{part}</p>" for part in sheet["description"].split("\n\n"))
    lines += [f"descrizione obiettivo\t{paragraphs}\t\t\t\t"]
    return lines + _phases(sheet) + _indicators(sheet) + _gantt(sheet) + _reviews(sheet) + _staff(sheet)


def _phases(sheet: dict[str, Any]) -> list[str]:
    texts = {phase["slot"]: phase["text"] for phase in sheet["phases"]}
    rows = [f"{slot}\t{texts.get(slot, '')}\t{slot + 4}\t{texts.get(slot + 4, '')}\t\t" for slot in range(1, 5)]
    return ["Descrizione delle fasi di attuazione:\t\t\t\t\t", *rows]


def _indicators(sheet: dict[str, Any]) -> list[str]:
    lines = ["INDICI DI RISULTATO\t\t\t\t\t"]
    for family, name in FAMILIES:
        lines.append(f"Indici di {name}\t\t\tATTESO\tRAGGIUNTO\tScost.")
        rows = [row for row in sheet["indicators"] if row["family"] == family]
        lines += [f"{row['text']}\t\t\t{row['expected']}\t{row['achieved']}\t{row['deviation']}" for row in rows]
    return lines


def _gantt(sheet: dict[str, Any]) -> list[str]:
    lines = ["CRONOPROGRAMMA" + "\t" * 12, "\t".join(["FASI E TEMPI", *MONTHS])]
    months = {phase["slot"]: phase["months"] for phase in sheet["phases"]}
    for slot in range(1, 9):
        cells = [" ".join(m[:4] for m in months.get(slot, []) if int(m[5:]) == month) for month in range(1, 13)]
        lines.append("\t".join([str(slot), *cells]))
    return lines


def _reviews(sheet: dict[str, Any]) -> list[str]:
    reviews = {review["round"]: review for review in sheet.get("reviews", [])}
    first, last = reviews.get("INTERMEDIA", {}), reviews.get("FINALE", {})
    lines = [f"VERIFICA INTERMEDIA AL\t{first.get('date', '')}\tVERIFICA FINALE AL\t{last.get('date', '')}"]
    return lines + [f"{name}\t{first.get(key, '')}\t{name}\t{last.get(key, '')}" for name, key in REVIEW_ROWS]


def _staff(sheet: dict[str, Any]) -> list[str]:
    lines = ["PERSONALE COINVOLTO NELL'OBIETTIVO\t\t", "Cat.\tCognome e Nome\t% Partecipazione"]
    lines += [f"{row['category']}\t{row['name']}\t{row['share']}" for row in sheet["staff"]]
    return [*lines, "totale partecipazione agli obiettivi\t\t"]
