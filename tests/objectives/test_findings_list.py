"""How a page lists what the rules say."""

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string

from objectives.rules import RULES, Finding
from tests.pages import text, texts

PAST = Finding("R27", "W", "FIN n° 1: il termine è già passato.", "Correggerlo.", 7, "indicator:1f", 1, "FIN n° 1")
BARE = Finding("R23", "E", "FIN n° 1: manca il <b>titolo</b>.", "Scriverlo.", 7, "title", 1, "FIN n° 1")


def shown(*findings, **told):
    """The list as a page holds it."""
    return HttpResponse(render_to_string("components/findings.html", {"findings": list(findings), **told}))


def test_each_says_how_grave_it_is_which_rule_what_what_to_do_and_what_the_rule_says():
    r23, r27 = (f"Che cosa dice la {rule.id} {rule.title}. {rule.text}" for rule in (RULES["R23"], RULES["R27"]))
    assert texts(shown(BARE, PAST), "//li") == [
        f"Da correggere R23 FIN n° 1: manca il <b>titolo</b>. Scriverlo. {r23}",
        f"Avviso R27 FIN n° 1: il termine è già passato. Correggerlo. {r27}",
    ]


def test_before_the_sheet_itself_its_name_is_left_out_and_the_places_are_links():
    late = Finding("R28", "W", "La modifica arriva tardi.", "Spiegare.", place="act")
    page = shown(PAST, late, short=True, linked=True)
    assert (text(page, "//li//a"), texts(page, "//li//a/@href")) == ("Il termine è già passato.", ["#indicator-1f"])


@pytest.mark.parametrize(("open_warnings", "noted"), [([PAST], []), ([], ["preso atto"])])
def test_a_warning_of_which_somebody_took_note_says_so(open_warnings, noted):
    assert texts(shown(PAST, BARE, open_warnings=open_warnings), "//*[@class='noted']") == noted


def test_nothing_to_say_is_said():
    assert text(shown(), "//p") == "Le regole non segnalano nulla."
