"""Reads the exchange JSON: its values, the line of each, and what is wrong with it as JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from objectives.importing.findings import Notes, Place, Unreadable
from objectives.importing.lines import active_tag, refuse_active, tidy
from objectives.importing.text_document import decode

MOST_DIGITS = 30  # of a whole number; those of the format have five at most
DEEPEST = 20  # levels of nesting; the format has five

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[{}\[\],:]|\n', re.DOTALL)


def read_json(content: bytes, notes: Notes) -> Any:
    """The value of a JSON file, its texts tidied as the format says. Raises Unreadable when it is none."""
    text = decode(content, notes)
    if _depth(text) > DEEPEST:
        raise Unreadable("I01", "Il JSON ha troppi livelli: non è un atto del formato di scambio.", 1)
    try:
        value = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise Unreadable(
            "I01", f"Il JSON non è valido alla colonna {error.colno}: correggerlo.", error.lineno
        ) from error
    except ValueError as error:
        raise Unreadable("I01", f"Il JSON non è valido: {error}.", 1) from error
    notes.places.update((path, Place(line)) for path, line in _places(text))
    return _tidied(value, "", notes)


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    doubled = next((key for key in keys if keys.count(key) > 1), None) if len(keys) < DEEPEST * 2 else None
    if doubled is not None:
        raise ValueError(f"la voce «{doubled[:60]}» è ripetuta nello stesso oggetto")
    return dict(pairs)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} non è un numero")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"un numero ha {len(digits)} cifre, più delle {MOST_DIGITS} ammesse")
    return int(digits)


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _TOKEN.finditer(text):
        depth += (match[0] in "{[") - (match[0] in "}]")
        deepest = max(deepest, depth)
    return deepest


def _places(text: str) -> Iterator[tuple[str, int]]:
    """The line on which each key and each object of a list begins, by path. For JSON that was found valid."""
    path: list[str | int] = []
    line, key = 1, ""
    for match in _TOKEN.finditer(text):
        mark = match[0]
        line += mark == "\n"
        if mark[0] == '"':
            key = mark[1:-1]
        elif mark == ":":
            path[-1] = key
        if mark == ":" or (mark == "{" and path and isinstance(path[-1], int)):
            yield ".".join(map(str, path)), line
        _walk(path, mark)


def _walk(path: list[str | int], mark: str) -> None:
    """Go into an object or list, out of it, or on to the next item of a list."""
    if mark in {"{", "["}:
        path.append("" if mark == "{" else 0)
    elif mark in {"}", "]"}:
        path.pop()
    elif mark == "," and isinstance(path[-1], int):
        path[-1] += 1


def _tidied(value: Any, path: str, notes: Notes) -> Any:
    if isinstance(value, str):
        return _tidied_text(value, path, notes)
    if isinstance(value, list):
        return [_tidied(item, f"{path}.{index}", notes) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {tidy(key): _tidied(item, f"{path}.{key}" if path else key, notes) for key, item in value.items()}
    return value


def _tidied_text(value: str, path: str, notes: Notes) -> str:
    if tag := active_tag(value):
        refuse_active(tag, notes.at(path), notes)
    return tidy(value.encode("utf-8", errors="replace").decode("utf-8"))
