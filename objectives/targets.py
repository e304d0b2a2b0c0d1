"""Reads an expected value as written ("31-dic", "72,19%", "nessuna") into a typed one (R24–R26). Pure, never raises."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from objectives.choices import Direction, Family, TargetKind
from objectives.italian_dates import WrittenDate, find_dates, full_year, month_number, number_from_words
from organisation.folding import fold

EURO = frozenset({"€", "euro"})
LONGEST = 200  # characters; what is longer is prose
LARGEST = Decimal(10) ** 10  # a number from here on does not fit the archive, and is text
PLACES = Decimal("0.0001")  # what the archive keeps of a number
YEARS_AHEAD = 10  # a label's year further ahead than this is of something else

_FREQUENCIES = (  # word stem, times a year
    ("quotidian", 365), ("giornalier", 365), ("settiman", 52), ("quindicinal", 26), ("bimensil", 24), ("bimestr", 6),
    ("quadrimestr", 3), ("trimestr", 4), ("semestr", 2), ("mensil", 12), ("annual", 1), ("ogni anno", 1),
)  # fmt: skip
_NONE_WORDS = re.compile(r"(nessun[oae']?|nessuna? \w+|zero|0|nulla|nullo|assenti|assenza)\.?")
_YES_NO = re.compile(r"(si|no)\b[.!]?")
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,12}(?:[.,]\d{1,6})?)"
_VALUE = re.compile(
    rf"(?P<money>€ ?|euro )?(?P<sign>-)?{_NUMBER} ?(?P<percent>%|per cento\b)?(?P<unit>(?: ?[a-z€][\w€./' -]*)?)\.?"
)
_WORDED_VALUE = re.compile(r"(?P<word>[a-z]{2,15}) (?P<unit>[a-z][\w' -]*)")
_AT_LEAST = re.compile(r"(?:almeno|minimo|min\.?|non meno di|non inferiore a|>=|≥|>|oltre|piu di)(?=[ \d€]|$) ?:? ?")
_AT_MOST = re.compile(
    r"(?:al massimo|massimo|max\.?|non oltre|non piu di|non superiore a|fino a|entro|<=|≤|<|meno di)(?=[ \d€]|$) ?:? ?"
)
_EXACTLY = re.compile(r"(?:esattamente|pari a(?:l|ll[ao'])?|=|n\.|n°|nr\.?)(?=[ \d€]|$) ?:? ?")
_LABEL_YEAR = re.compile(r"\b(?:anno|nel|entro il|per il) (20\d{2})\b|^(20\d{2}) ?[:\-–]")
_PHASE_YEAR = re.compile(r"(?:anno )?(20\d{2}) ?(?:[:\-–]|$)")
_BY_WORDS = re.compile(
    r"(?:entro |al |il |per |non oltre |fino |da |a )*(?:la fine di |fine |mese di |l'anno |anno |la )*"
)
# Of complaints that are dealt with, the more the better.
_DEALT_WITH = re.compile(r"\b(?:rispost|evas|gestit|risolt|trattat|chius|portat|controllat|verificat)")
_FEWER_IS_BETTER = re.compile(r"\b(?:reclam|segnalazion|ritard|disserviz|error|contestazion|inefficienz|arretrat)")


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator expects, typed (R24); `text` is always kept as written.

    `number` is a plain number for NUMBER and COUNT, percent points for PERCENT, times a year for FREQUENCY, 0 for
    NONE_AT_ALL, 1 or 0 for YES_NO. `year` is the one the target counts in (R26). `completed` tells that the text had
    no year and the plan's was put in (R25). `problem` is an Italian sentence when the text names an impossible day.
    """

    text: str
    kind: str
    direction: str
    number: Decimal | None = None
    date: dt.date | None = None
    unit: str = ""
    year: int | None = None
    completed: bool = False
    problem: str = ""

    def explain(self) -> str:
        """How the text was understood, for who must confirm it: "31-dic → 31/12/2022, entro"."""
        return self.problem or f"{self.text or '(vuoto)'} → {self._meaning()}"

    def _meaning(self) -> str:
        side = Direction(self.direction).label
        if self.kind == TargetKind.DATE and self.date:
            return f"{self.date:%d/%m/%Y}, {side}"
        if self.kind == TargetKind.TEXT:
            return "testo da valutare" if self.text else "nessun valore atteso"
        if self.kind == TargetKind.NONE_AT_ALL:
            return f"0, {side}"
        if self.kind == TargetKind.YES_NO:
            return "sì" if self.number else "no"
        number = f"{self.number:f}".replace(".", ",")
        if self.unit in EURO and number[-2:-1] == ",":
            number += "0"
        unit = {TargetKind.PERCENT: "%", TargetKind.FREQUENCY: "volte l'anno"}.get(TargetKind(self.kind), self.unit)
        return f"{number} {unit}, {side}" if unit else f"{number}, {side}"


@lru_cache(maxsize=1024)  # an import asks for each value several times: to check, to type, to count
def read_target(text: str, *, family: str, plan_year: int, label: str = "") -> Target:
    """Type an expected value. `family` is the indicator's, `label` its text, which may say of which year it is.

    "1" is a count, not 100 %; "72,19%" has a decimal comma; "nessuna" is 0 at most, and an empty cell is no value at
    all; a date without a year is of the plan's (R25). What is not understood is TEXT.
    """
    written = " ".join(text.split())
    target = Target(written, TargetKind.TEXT, Direction.EQUAL, year=label_year(label, plan_year) or plan_year)
    plain = fold(written)
    if not plain or len(plain) > LONGEST:
        return target
    for reading in (_as_date, _as_word, _as_number):
        if read := reading(plain, target, family, plan_year):
            return _directed(read, plain, family, fold(label))
    return target


def label_year(label: str, plan_year: int) -> int | None:
    """The year a label names: "ANNO 2023", "2023: …", "al 31/12/23"; None when it names none, or one long gone."""
    folded = fold(label[:2000])
    years = [int(first or second) for first, second in _LABEL_YEAR.findall(folded)]
    years += [written.year for written in find_dates(folded) if written.year]
    return next((year for year in years if plan_year <= year <= plan_year + YEARS_AHEAD), None)


def phase_year(text: str, months: Sequence[str], plan_year: int) -> int:
    """The year in which a phase begins: of its months; without any, of "2023: …", "ANNO 2023 - …"; else the plan's.

    Only how its text begins counts: "bilancio di previsione per il 2023" is work of the year before.
    """
    if months:
        return int(min(months)[:4])
    begins = _PHASE_YEAR.match(fold(text[:LONGEST]))
    return int(begins[1]) if begins and plan_year <= int(begins[1]) <= plan_year + YEARS_AHEAD else plan_year


def _as_date(plain: str, target: Target, family: str, plan_year: int) -> Target | None:
    dates = find_dates(plain)
    if len(dates) == 1 and _is_all_date(plain, dates[0], family):
        return _dated(dates[0], target, plan_year)
    return _period_end(plain, target, plan_year) if family == Family.TEMPO else None


def _is_all_date(plain: str, written: WrittenDate, family: str) -> bool:
    """Whether the date is what the cell says; "3/4" is a day only among the time indicators."""
    rest = plain.replace(written.text, "", 1).strip(" .;")
    numeric_only = written.year is None and not any(c.isalpha() for c in written.text)
    return len(rest) <= 40 and not re.search(r"\d", rest) and (family == Family.TEMPO or bool(rest) or not numeric_only)


def _dated(written: WrittenDate, target: Target, plan_year: int) -> Target:
    year = written.year or target.year or plan_year
    day = written.on(year)
    if day is None:
        problem = f"La data «{target.text}» non esiste nel calendario: correggerla o lasciare il valore a parole."
        return replace(target, problem=problem)
    return replace(target, kind=TargetKind.DATE, date=day, year=day.year, completed=written.year is None)


def _period_end(plain: str, target: Target, plan_year: int) -> Target | None:
    """ "dicembre 2022", "entro novembre", "2022": the last day of that month or year."""
    words = _BY_WORDS.sub("", plain, count=1).strip(" .").split(" ")
    if len(words) > 2:
        return None
    month = month_number(words[0])
    year_word = words[-1] if re.fullmatch(r"20\d{2}", words[-1]) else ""
    if month is None and not (year_word and len(words) == 1):
        return None
    if month and len(words) == 2 and not year_word:
        return None
    year = full_year(year_word) if year_word else target.year or plan_year
    return replace(target, kind=TargetKind.DATE, date=_last_day(year, month or 12), year=year, completed=not year_word)


def _last_day(year: int, month: int) -> dt.date:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date.fromordinal(following.toordinal() - 1)


def _as_word(plain: str, target: Target, family: str, plan_year: int) -> Target | None:
    if _NONE_WORDS.fullmatch(plain):
        return replace(target, kind=TargetKind.NONE_AT_ALL, number=Decimal(0))
    if _YES_NO.fullmatch(plain):
        return replace(target, kind=TargetKind.YES_NO, number=Decimal(int(plain.startswith("si"))))
    if len(plain) > 40 or re.search(r"\d", plain):
        return None
    times = next((times for stem, times in _FREQUENCIES if stem in plain), None)
    return replace(target, kind=TargetKind.FREQUENCY, number=Decimal(times)) if times else None


def _as_number(plain: str, target: Target, family: str, plan_year: int) -> Target | None:
    bare = _without_side(plain)
    match = _VALUE.fullmatch(bare)
    if match is None:
        return _worded_count(bare, target)
    number = _kept(_decimal(match["number"]) * (-1 if match["sign"] else 1))
    if number is None:
        return None
    if match["percent"]:
        return replace(target, kind=TargetKind.PERCENT, number=number, unit="%")
    unit = "€" if match["money"] else match["unit"].strip(" .")
    whole = number == number.to_integral_value() and unit not in EURO
    return replace(target, kind=TargetKind.COUNT if whole else TargetKind.NUMBER, number=number, unit=unit[:40])


def _worded_count(bare: str, target: Target) -> Target | None:
    match = _WORDED_VALUE.fullmatch(bare)
    number = number_from_words(match["word"]) if match else None
    if match is None or number is None:
        return None
    return replace(target, kind=TargetKind.COUNT, number=Decimal(number), unit=match["unit"][:40])


def _decimal(written: str) -> Decimal:
    """ "1.000,5" and "1.000" have thousands; "72,19" and "72.19" decimals."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    return Decimal(written.replace(",", "."))


def _kept(number: Decimal) -> Decimal | None:
    """The number as the archive keeps it, at most four decimals; None where it is too large for it."""
    rounded = number.quantize(PLACES)
    if abs(rounded) >= LARGEST:
        return None
    return number if number == rounded else rounded


def _without_side(plain: str) -> str:
    for side in (_AT_LEAST, _AT_MOST, _EXACTLY):
        plain = side.sub("", plain, count=1) if side.match(plain) else plain
    return plain


def _directed(target: Target, plain: str, family: str, label: str) -> Target:
    """Put in on which side of the value a result is good."""
    if target.kind == TargetKind.DATE:
        return replace(target, direction=Direction.BY)
    if target.kind in {TargetKind.TEXT, TargetKind.YES_NO}:
        return target
    if target.kind == TargetKind.NONE_AT_ALL:
        return replace(target, direction=Direction.AT_MOST)
    return replace(target, direction=_side(plain, target, family, label))


def _side(plain: str, target: Target, family: str, label: str) -> Direction:
    for pattern, side in ((_AT_LEAST, Direction.AT_LEAST), (_AT_MOST, Direction.AT_MOST), (_EXACTLY, Direction.EQUAL)):
        if pattern.match(plain):
            return side
    lasts = family == Family.TEMPO and target.kind in {TargetKind.COUNT, TargetKind.NUMBER} and bool(target.unit)
    spends = family == Family.COSTO and target.unit in EURO
    fewer = _FEWER_IS_BETTER.search(label) and not _DEALT_WITH.search(label)
    return Direction.AT_MOST if lasts or spends or fewer else Direction.AT_LEAST
