"""The pictures of the guide are of the program as it is: a browser goes to what they show, and reads it again.

`make guide-pictures` (REMAKE=1) takes them anew. Otherwise what can be read in each place, titles, buttons, labels,
must be what stood there when its picture was taken; numbers aside, which go with the year.
"""

import io
import json
import os
import re

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from guide.reading import FOLDER
from tests.guide_town import build
from tests.journeys.conftest import Visitor
from tests.this_year import YEAR

pytestmark = pytest.mark.journey

PICTURES = FOLDER / "immagini"
READ = PICTURES / "parole.json"
REMAKE = bool(os.environ.get("REMAKE"))
SCREEN = {"width": 1024, "height": 1500}
TALLEST = 760
COLOURS = 64
ALL_BYTES = 2_000_000
# The picture, who stands before it, the page, the piece of the page (the whole of it where none is named).
SHOWN = [
    ("piano", "lettura", "/caluso/piano/{year}/", "main"),
    ("scheda", "ufficio", "/caluso/schede/{sheet}/", "main"),
    ("bozza", "ufficio", "/caluso/bozze/{draft}/modifica/", "main"),
    ("indice", "ufficio", "/caluso/bozze/{draft}/modifica/", "#bozza .row-card[data-kind='indice'] >> nth=0"),
    ("da-inviare", "responsabile", "/caluso/bozze/{draft}/", "main"),
    ("che-fare", "responsabile", "/caluso/bozze/{draft}/", "section[aria-labelledby='che-fare']"),
    ("da-approvare", "segretario", "/caluso/bozze/{sent}/approva/", "main"),
    ("proposta", "segretario", "/caluso/proposte/{proposal}/", "main"),
    ("registrazione", "segretario", "/caluso/proposte/{proposal}/registra/", "main"),
    ("atto", "segretario", "/caluso/atti/gc-8-{year}/", "main"),
    ("risultati", "ufficio", "/caluso/verifiche/{year}/intermedia/settori/{sector}/", "main"),
    ("verifica", "segretario", "/caluso/verifiche/{year}/intermedia/", "main"),
    ("fascicolo", "nucleo", "/caluso/validazioni/{package}/", "main"),
    ("cerca", "lettura", "/caluso/cerca/?q=sportello", "main"),
    ("prima-ora", "estraneo", "/esempio/", "main"),
]
SPOKEN = """async piece => {
  await document.fonts.ready;
  const end = piece.getBoundingClientRect().top + %d;
  return [...piece.querySelectorAll("h1, h2, h3, button, legend, label, summary, th, a.btn")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().top < end)
    .map(one => one.innerText.trim().replace(/\\s+/g, " ")).filter(words => words)
}"""
HEIGHT_OF_WHAT_IS_IN_IT = """piece => 24 +
  Math.max(...[...piece.querySelectorAll("*")].map(one => one.getBoundingClientRect().bottom)) -
  piece.getBoundingClientRect().top"""
# This browser writes days in the American way, whatever it is told; those of the offices write them as here.
DAYS_IN_ITALIAN = """() => document.querySelectorAll("input[type=date], input[type=time]").forEach(one => {
  const day = one.value.split("-").reverse().join("/") || (one.type === "date" ? "gg/mm/aaaa" : "--:--");
  one.type = "text";
  one.value = day;
})"""


@pytest.fixture
def seats(live_server, new_context, make_person, esempio, ufficio, responsabile, segretario, nucleo, lettura):
    """Seats a person, signed in, before a screen of their own, once."""
    people = {one.username: one for one in (ufficio, responsabile, segretario, nucleo, lettura)}
    people["estraneo"] = make_person("estraneo", (esempio, "AMMINISTRATORE"))
    seated = {}

    def seat(name):
        if name not in seated:
            client = Client()
            client.force_login(people[name])
            context = new_context(viewport=SCREEN, locale="it-IT", reduced_motion="reduce")
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
            context.add_cookies([cookie])
            seated[name] = Visitor(context.new_page(), live_server.url, scripts=False)
        return seated[name]

    return seat


def keep(name, piece):
    """Take the picture: the piece as far as it is worth showing, in few colours."""
    piece.page.evaluate(DAYS_IN_ITALIAN)
    box = piece.bounding_box()
    box["height"] = min(piece.evaluate(HEIGHT_OF_WHAT_IS_IN_IT), box["height"], TALLEST)
    shot = Image.open(io.BytesIO(piece.page.screenshot(clip=box, full_page=True)))
    few = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def test_the_pictures_show_the_pages_as_they_are(seats, caluso, ufficio, responsabile, segretario, nucleo, lettura):
    facts = vars(build(caluso, ufficio, responsabile, segretario)) | {"year": YEAR}
    read = {}
    for name, who, path, where in SHOWN:
        visitor = seats(who)
        if visitor.page.url != visitor.home + path.format(**facts):
            assert visitor.go(path.format(**facts)) == 200
        piece = visitor.page.locator(where)
        if REMAKE:
            keep(name, piece)
        read[name] = [re.sub(r"\d+", "#", words) for words in piece.evaluate(SPOKEN % TALLEST)]
    if REMAKE:
        READ.write_text(json.dumps(read, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert read == json.loads(READ.read_text(encoding="utf-8")), "the pages have changed: make guide-pictures"


def test_every_picture_is_in_the_guide_and_none_is_missing():
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    made = sorted(f"{name}.png" for name, *_ in SHOWN)
    assert sorted(re.findall(r"!\[[^]]{20,}\]\(immagini/([a-z-]+\.png)\)", text)) == made
    assert sorted(path.name for path in PICTURES.glob("*.png")) == made
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < ALL_BYTES
