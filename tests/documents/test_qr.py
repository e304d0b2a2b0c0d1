"""The QR: the modules that the library computes, drawn so that a page and a PDF can hold it."""

import re
from xml.etree import ElementTree as ET

import segno

from documents.qr import QUIET, qr_svg

URL = "https://perf.comune.esempio.it/verifica/7KQM-X4DN-P9TB/"
SVG = "{http://www.w3.org/2000/svg}"


def test_it_is_well_formed_titled_and_has_no_style():
    drawn = ET.fromstring(qr_svg(URL, "Codice <QR> & controllo"))
    assert drawn[0].tag == f"{SVG}title"
    assert drawn[0].text == "Codice <QR> & controllo"
    assert [one.attrib.get("style") for one in drawn.iter()] == [None] * 4


def test_every_dark_module_is_drawn_once_within_the_quiet_zone():
    drawn = ET.fromstring(qr_svg(URL, "QR"))
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", drawn[2].attrib["d"])
    dark = [(int(x) + step, int(y)) for x, y, width, _ in bars for step in range(int(width))]
    modules = segno.make(URL, error="m", micro=False).matrix
    expected = [(x + QUIET, y + QUIET) for y, row in enumerate(modules) for x, module in enumerate(row) if module]
    assert dark == expected
    assert drawn.attrib["viewBox"] == f"0 0 {len(modules) + 2 * QUIET} {len(modules) + 2 * QUIET}"
