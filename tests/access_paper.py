"""Writes docs/chi-puo-cosa.md from the table of tests/who_may_what.py, the addresses and the commands of the program.

`python -m tests.access_paper` writes it anew (make papers); a test fails while it is not what this writes.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from tests.who_may_what import TABLE, WHO

PAPER = Path(__file__).parent.parent / "docs" / "chi-puo-cosa.md"
HEADS = ("Ufficio", "Ufficio di altro settore", "Responsabile", "Segretario", "Nucleo", "Amministratore", "Lettura")
INTRODUCTION = """\
# Chi può che cosa

Questo documento è scritto dal programma (`make papers`): la tabella è quella che le prove percorrono, indirizzo per
indirizzo, persona per persona, in ogni stato (`tests/who_may_what.py`, `tests/objectives/views/test_who_may_what.py`,
`tests/evaluations/views/test_who_may_what_when_done.py`). Un indirizzo che manca, o una risposta diversa, fa fallire le
prove; e così questo documento, se non è aggiornato.

Le risposte: **200** la pagina o il file · **202** in preparazione · **302** rinvio (fatto, o altrove è il suo posto) ·
**400**, **422** la richiesta vuota è rifiutata con la ragione: chi la compila può · **403** il ruolo, il settore o lo
stato non lo permette, e la pagina dice chi può · **404** per questa persona non c'è · **405** così non si chiede ·
**+** anche una richiesta vuota scrive · **–** compone un documento: provato dove si prova quel documento.

Chi non appartiene all'ente trova **404** a ogni indirizzo dell'ente, qualunque sia il suo ruolo altrove; chi non è
entrato trova **302** verso l'accesso. Anche queste due risposte sono provate a ogni indirizzo.
"""
OUTSIDE = """\
## Gli indirizzi fuori da un ente

«Chiunque» risponde senza accesso, e delle schede dice solo ciò che l'ente pubblica. «Chi è entrato» rinvia gli altri
all'accesso; a ognuno mostra solo ciò che è suo. Gli indirizzi di gestione mostrano all'Amministratore il suo ente, e
nulla agli altri (`tests/organisation/test_admin.py`).

| Indirizzo | Nome | Per chi |
| --- | --- | --- |
"""
COMMANDS = """\
## I comandi

Si danno dalla macchina su cui il programma è installato: chi può darli ha già in mano la base di dati.

| Comando | Che cosa fa |
| --- | --- |
"""
OURS = {"organisation", "documents", "deliberations", "objectives", "evaluations", "publication", "guide"}


def routes(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, bool]]:
    """Every address: how it is written, its name, and whether it asks to sign in."""
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            asks = getattr(one.callback, "login_required", True)
            yield path, f"{space}:{one.name}" if space else str(one.name or ""), asks
        else:
            yield from routes(one, path, one.namespace or space)


def every_route() -> list[tuple[str, str, bool]]:
    """Every address of the program, each once."""
    return list(dict.fromkeys(routes(get_resolver())))


def paper() -> str:
    """Return the document."""
    return "\n".join([INTRODUCTION, _of_entities(), OUTSIDE + _outside(), COMMANDS + _commands()])


def _of_entities() -> str:
    written = {name: path for path, name, _ in every_route() if "<slug:slug>" in path}
    head = "| Indirizzo | Stato | Metodo | " + " | ".join(HEADS) + " |"
    lines = ["## Gli indirizzi di un ente", "", head, "| --- " * (3 + len(WHO)) + "|"]
    for name, states, *columns in TABLE:
        for method, codes in zip(("GET", "POST"), columns, strict=True):
            if method == "POST" and codes == "405":
                continue
            told = [code.replace("-", "–") for code in (codes.split() * len(WHO))[: len(WHO)]]
            lines.append(f"| `/{written[name]}` | {', '.join(states.split())} | {method} | {' | '.join(told)} |")
    return "\n".join([*lines, ""])


def _outside() -> str:
    lines = [
        f"| `/{path}` | {name} | {'chi è entrato' if asks else 'chiunque'} |"
        for path, name, asks in every_route()
        if "<slug:slug>" not in path
    ]
    return "\n".join([*(line.replace("(?P<app_label>organisation|objectives)", "…") for line in lines), ""])


def _commands() -> str:
    lines = [
        f"| `manage.py {name}` | {load_command_class(room, name).help} |"
        for name, room in sorted(get_commands().items())
        if room in OURS
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caluso_perf.settings")
    django.setup()
    PAPER.write_text(paper(), encoding="utf-8")
