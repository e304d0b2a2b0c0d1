"""SVG as text: shapes, words, and the frame that tells what a picture shows to who does not see it. Pure.

Presentation attributes only (the pages allow no inline style), and the one font of the project.
"""

from decimal import Decimal
from xml.etree import ElementTree as ET

from objectives.weights import written

NARROW, WIDE = 340, 680  # units: on a telephone and on a desk a unit is about a pixel
FONT, LINE = 13, 16  # units: the size of words, and the height of a line
INK, GREY, PALE, EDGE = "#1a1a1a", "#4d5b69", "#e8edf2", "#8a9aab"
BLUE, NAVY = "#0066cc", "#17324d"

SVG = "http://www.w3.org/2000/svg"  # a page knows it without, the template of a PDF is XML
_FAMILY = "Titillium Web, sans-serif"
_SPACE, _SMALL, _LARGE = 0.24, 0.52, 0.62  # how wide characters are, as parts of the font's size
_NARROW_LETTERS = frozenset("ijlt.,:;'!()|fr°")


class Svg(str):
    """The text of a picture. Every word in it is escaped where it was written, so templates take it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell templates so."""
        return str(self)


def percent(value: Decimal | None, missing: str = "non inserito") -> str:
    """A percentage as an office writes it: "62,5 %"; `missing` for None."""
    return missing if value is None else f"{written(value.quantize(Decimal('0.01')))} %"


def words_width(words: str, size: float = FONT) -> float:
    """About how wide words are printed, in units."""
    return sum(_character(character) for character in words) * size


def wrapped(words: str, width: float, most: int = 2) -> list[str]:
    """Return words in at most `most` lines of `width` units; what does not fit ends with "…"."""
    lines, waiting = [""], words.split()
    while waiting:
        longer = f"{lines[-1]} {waiting[0]}".strip()
        if words_width(longer) <= width or not lines[-1]:
            lines[-1] = longer
            waiting.pop(0)
        elif len(lines) < most:
            lines.append("")
        else:
            lines[-1] += " …"
            break
    return [_cut(line, width) for line in lines]


class Drawing:
    """A picture while it is made. `key` begins the ids in it; lengths are in units, from the left and from the top."""

    def __init__(self, key: str, width: int) -> None:
        self.key, self.width = key, width
        self._body: list[ET.Element] = []

    @property
    def hatched(self) -> str:
        """The fill of what is not the first of two kinds: lines, readable without colour."""
        return f"url(#{self.key}-righe)"

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "") -> None:
        """Draw a bar."""
        where = {"x": _length(x), "y": _length(y), "width": _length(width), "height": _length(height)}
        self._add("rect", {**where, "fill": fill} | ({"stroke": stroke} if stroke else {}))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = EDGE, *, width: float = 1, dash: str = ""
    ) -> None:
        """Draw a line; `dash` as SVG writes it: "4 3"."""
        where = {"x1": _length(x1), "y1": _length(y1), "x2": _length(x2), "y2": _length(y2)}
        how = {"stroke": stroke, "stroke-width": _length(width)} | ({"stroke-dasharray": dash} if dash else {})
        self._add("line", where | how)

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, fill: str = INK
    ) -> None:
        """Write words on a line whose foot is at `y`; `anchor` is "start", "middle" or "end"."""
        how = {"x": _length(x), "y": _length(y), "fill": fill}
        how |= {"text-anchor": anchor} if anchor != "start" else {}
        how |= {"font-weight": "600"} if bold else {}
        self._add("text", how).text = words

    def finished(self, height: float, title: str, description: str) -> Svg:
        """Return the picture, `height` units high, with what it is called and what it shows."""
        named = {"aria-labelledby": f"{self.key}-titolo {self.key}-descrizione"}
        size = {"viewBox": f"0 0 {self.width} {_length(height)}", "width": str(self.width), "height": _length(height)}
        font = {"font-family": _FAMILY, "font-size": str(FONT), "font-weight": "400"}
        root = ET.Element("svg", {"xmlns": SVG, "class": "chart", "role": "img", **named, **size, **font})
        ET.SubElement(root, "title", {"id": f"{self.key}-titolo"}).text = title
        ET.SubElement(root, "desc", {"id": f"{self.key}-descrizione"}).text = description
        root.append(self._hatching())
        root.extend(self._body)
        return Svg(ET.tostring(root, encoding="unicode"))

    def _hatching(self) -> ET.Element:
        defs = ET.Element("defs")
        size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = ET.SubElement(defs, "pattern", {"id": f"{self.key}-righe", **size})
        ET.SubElement(pattern, "rect", {"width": "6", "height": "6", "fill": "#ffffff"})
        ET.SubElement(pattern, "path", {"d": "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", "stroke": NAVY, "stroke-width": "2"})
        return defs

    def _add(self, name: str, attributes: dict[str, str]) -> ET.Element:
        element = ET.Element(name, attributes)
        self._body.append(element)
        return element


def _length(number: float) -> str:
    return f"{round(number, 2):g}"


def _character(character: str) -> float:
    if character.isspace() or character in _NARROW_LETTERS:
        return _SPACE + (0 if character.isspace() else 0.06)
    return _LARGE if character.isupper() or character in "mw%@" else _SMALL


def _cut(line: str, width: float) -> str:
    """A line with what fits of its one too long word."""
    if words_width(line) <= width:
        return line
    kept = line
    while kept and words_width(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
