"""docs/licences.md and docs/sbom.cdx.json name the packages that are locked, each with a licence."""

import json
import re

from tests.supply_paper import LICENCES, SBOM, locked

ROW = re.compile(r"^\| ([a-z0-9][a-z0-9._-]*) \| (\S+) \| (.+) \|$", re.MULTILINE)


def test_both_name_the_locked_packages():
    written = {name: version for name, version, _ in ROW.findall(LICENCES.read_text(encoding="utf-8"))}
    listed = {one["name"]: one["version"] for one in json.loads(SBOM.read_text(encoding="utf-8"))["components"]}
    assert written == listed == locked(), "make papers writes them anew"


def test_every_package_says_its_licence():
    rows = ROW.findall(LICENCES.read_text(encoding="utf-8"))
    assert [name for name, _, licence in rows if licence == "non dichiarata"] == []
