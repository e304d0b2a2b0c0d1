"""Numbers and days as an office writes them, in the words that explain a score. Pure."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from objectives.targets import EURO

HUNDREDTH = Decimal("0.01")
MINUS = "\N{MINUS SIGN}"


def rounded(number: Decimal) -> Decimal:
    """A score with two decimals, as it is shown and as other scores are computed from it."""
    return number.quantize(HUNDREDTH, ROUND_HALF_UP)


def plain(number: Decimal, unit: str = "") -> str:
    """ "12", "72,19", "1.500", "−3": without zeros that say nothing, thousands apart; of euro all cents or none."""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    decimals = decimals.rstrip("0")
    if decimals and unit in EURO:
        decimals = decimals.ljust(2, "0")
    text = f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")
    return f"{MINUS}{text}" if number < 0 and text != "0" else text


def signed(number: Decimal, unit: str = "") -> str:
    """ "+3", "−12,19", "0"."""
    return f"+{plain(number, unit)}" if number > 0 else plain(number, unit)


def amount(number: Decimal, unit: str) -> str:
    """A number with its unit: "2 giornate", "72,19 %", "1.850,40 €"."""
    return f"{plain(number, unit)} {unit}".strip()


def per_cent(number: Decimal | None) -> str:
    """ "75 %", "72,19 %"; a dash where there is no number."""
    return "–" if number is None else f"{plain(number)} %"


def day(date: dt.date) -> str:
    """ "31/12/2022"."""
    return f"{date:%d/%m/%Y}"


def days(count: int) -> str:
    """ "1 giorno", "15 giorni"."""
    return "1 giorno" if count == 1 else f"{plain(Decimal(count))} giorni"
