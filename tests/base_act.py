"""GC 8/2022, the act that GC 100/2022 changes. Its real text is not on file: this one is invented, and says so."""

from typing import Any

from tests.acts import real_data

MARK = "TESTO INVENTATO PER LE PROVE."
NOT_ATTACHED = {"number": 3, "weight": 35, "title": f"BILANCIO PARTECIPATO. {MARK}", "change": "INSERITO"}


def invented_base() -> dict[str, Any]:
    """The act that GC 100/2022 amends, with the 12 sheets it changes and one that it does not name."""
    data = real_data()
    act = data["act"]
    act |= {"number": 8, "date": "2022-02-07", "time": "17:30", "cites": act["cites"][1:], "vote": "UNANIME"}
    act |= {"subject": f"Approvazione del Piano della Performance 2022. {MARK}", "publication_start": "2022-02-14"}
    act |= {"group_leaders_informed_on": "2022-02-14", "enforceable_on": "2022-02-25"}
    act["opinions"][0]["date"] = "2022-02-07"
    bases = [_earlier(sheet) for sheet in data["sheets"] if sheet["change"] != "INSERITO"]
    data["sheets"] = [*bases, {**bases[0], **NOT_ATTACHED, "description": MARK, "phases": []}]
    return data


def _earlier(sheet: dict[str, Any]) -> dict[str, Any]:
    """What the sheet may have said before: the text of an eliminated one is known, it is the one printed on it."""
    if sheet["change"] == "ELIMINATO":
        return {**sheet, "change": "INSERITO"}
    phases = [_phase(phase) for phase in sheet["phases"]]
    if len(phases) > 2:  # the first two changed places since
        phases[0]["slot"], phases[1]["slot"] = phases[1]["slot"], phases[0]["slot"]
    phases = sorted(phases, key=lambda phase: phase["slot"])
    phases[-1]["text"] = f"{phases[-1]['text']} (come previsto a febbraio)"
    indicators = [_indicator(indicator) for indicator in sheet["indicators"]]
    return {
        **sheet,
        "change": "INSERITO",
        "description": f"{MARK} {sheet['description']}",
        "phases": phases,
        "indicators": indicators[:-1] if len(indicators) > 1 else indicators,
    }


def _phase(phase: dict[str, Any]) -> dict[str, Any]:
    return {**phase, "months": [month for month in phase["months"] if month < "2023-01"]}


def _indicator(indicator: dict[str, Any]) -> dict[str, Any]:
    expected = "30/09/2022" if indicator["expected"] == "31/12/2022" else indicator["expected"]
    return {**indicator, "expected": expected}
