"""What differs between two descriptions of 3,000 characters, and between two plans of 60 sheets, word by word.

Nothing here waits for anything, so the processor's time is measured: it tells more on a machine that others share.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from benchmarks.measuring import Figure, Line, milliseconds
from benchmarks.towns import act_of
from objectives.changes.plans import compare_plans
from objectives.changes.words import compare_words
from objectives.snapshots import IndicatorLine, PhaseLine, Snapshot

LENGTH, SHEETS, TIMES = 3000, 60, 30


def measure() -> list[Line]:
    """Compare what an office would write, then texts made to take long, then whole plans."""
    before = plan()
    after = [changed(sheet) for sheet in before]
    rewritten = [rewritten_sheet(sheet) for sheet in before]
    texts = pairs(" ".join(sheet.description for sheet in before))
    deeds = [words(*pair) for pair in texts.values()]
    taken = [processor_time(deed) for deed in (*deeds, plans(before, after), plans(before, rewritten))]
    return [
        *(in_time(f"two descriptions of 3,000 characters: {name}", seconds, limit)
          for (name, limit), seconds in zip(texts, taken, strict=False)),
        in_time("two plans of 60 sheets, every sheet changed in six places", taken[-2], 150),
        in_time("two plans of 60 sheets, every eighth word of every text changed", taken[-1], None),
    ]  # fmt: skip


def processor_time(deed: Callable[[], Any]) -> float:
    """The median seconds that the processor works on it, once it is warm."""
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        deed()
        taken.append(time.process_time() - began)
    return statistics.median(taken[2:])


def in_time(point: str, taken: float, limit: float | None) -> Figure:
    """A line of the table in milliseconds."""
    return Figure(point, milliseconds(taken), "", taken * 1000, "ms", limit)


def pairs(text: str) -> dict[tuple[str, int | None], tuple[str, str]]:
    """The texts to compare, by name and limit in milliseconds: none where nobody would write them."""
    real = " ".join(islice(cycle(text.split()), LENGTH))[:LENGTH]
    backwards = " ".join(reversed(real.split()))
    apart = " ".join(f"voce{number}" for number in range(LENGTH))[:LENGTH]
    return {
        ("some words changed", 10): (real, some_words_changed(real)),
        ("the same words in another order", 10): (real, backwards),
        ("wholly different", 10): (apart, apart.replace("voce", "nota")),
        ("one word repeated", 10): ("servizio " * 333, "ufficio " + "servizio " * 332),
        ("two words repeated", 10): ("servizio ufficio " * 176, "ufficio ufficio servizio " * 120),
        ("one letter after the other", None): ("a b b a b " * 300, "b a a b a a a " * 214),
    }  # fmt: skip


def words(old: str, new: str) -> Callable[[], Any]:
    """The comparison of two texts."""
    return lambda: compare_words(old, new)


def plans(old: list[Snapshot], new: list[Snapshot]) -> Callable[[], Any]:
    """The comparison of two plans, down to the words of every field and row; AssertionError for another result."""

    def compare() -> None:
        comparison = compare_plans(old, new)
        for fate in comparison.fates:
            for text in (*fate.texts.fields, *(text for row in fate.texts.rows for text in row.texts)):
                _ = text.pieces
        if len(comparison.fates) != SHEETS:
            raise AssertionError(f"{len(comparison.fates)} sheets changed, not {SHEETS}")

    return compare


def plan() -> list[Snapshot]:
    """The demonstration's sheets as plain values."""
    return [snapshot_of(place, sheet) for place, sheet in enumerate(act_of(SHEETS, "Comune di Misura")["sheets"])]


def snapshot_of(place: int, sheet: dict[str, Any]) -> Snapshot:
    """A sheet of the exchange format as plain values."""
    return Snapshot(
        place, place, sector=place % 6, sector_name=sheet["sector"], number=sheet["number"], title=sheet["title"],
        description=sheet["description"], weight=Decimal(str(sheet["weight"])), manager=sheet["manager"],
        phases=tuple(PhaseLine(f"f{p['slot']}", p["slot"], p["text"], tuple(p["months"])) for p in sheet["phases"]),
        indicators=tuple(
            IndicatorLine(f"i{number}", number, row["family"], row["text"], row["expected"])
            for number, row in enumerate(sheet["indicators"])
        ),
    )  # fmt: skip


def changed(sheet: Snapshot) -> Snapshot:
    """What an act makes of a sheet: title, description, weight, a phase rewritten, a phase moved, a value put off."""
    first, *others = sheet.phases
    moved = [replace(phase, position=place) for place, phase in enumerate([*others, first], 1)]
    moved[0] = replace(moved[0], text=f"{moved[0].text} e verifica")
    later = replace(sheet.indicators[0], expected="30/06/2027")
    return replace(
        sheet, sheet=sheet.sheet + SHEETS, change="MODIFICATO", weight=sheet.weight and sheet.weight + 5,
        title=f"{sheet.title} (biennale)", description=some_words_changed(sheet.description), phases=tuple(moved),
        indicators=(later, *sheet.indicators[1:]),
    )  # fmt: skip


def rewritten_sheet(sheet: Snapshot) -> Snapshot:
    """A sheet that somebody went over from beginning to end."""
    return replace(
        changed(sheet), title=some_words_changed(sheet.title),
        phases=tuple(replace(phase, text=some_words_changed(phase.text)) for phase in sheet.phases),
        indicators=tuple(replace(row, text=some_words_changed(row.text)) for row in sheet.indicators),
    )  # fmt: skip


def some_words_changed(text: str) -> str:
    """The text with every eighth word in capital letters."""
    return " ".join(word.upper() if place % 8 == 3 else word for place, word in enumerate(text.split(" ")))
