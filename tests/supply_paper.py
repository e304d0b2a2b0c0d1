"""Writes what the program is made of, from the locked packages: docs/licences.md, docs/sbom.cdx.json (CycloneDX 1.5).

`python -m tests.supply_paper` writes both anew (make papers, make sbom); a test fails while they name other packages
than requirements.txt. The hashes of every file stand there, and are checked when packages are installed.
"""

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

BASE = Path(__file__).parent.parent
LOCK, LICENCES, SBOM = BASE / "requirements.txt", BASE / "docs" / "licences.md", BASE / "docs" / "sbom.cdx.json"
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)(?: *; *([^\\\n]+?))? *\\?$", re.MULTILINE)
ELSEWHERE = "non installato su questa piattaforma"
INTRODUCTION = """\
# Le licenze dei pacchetti

Scritto dal programma (`make papers`) dai pacchetti bloccati in `requirements.txt`: quelli con cui il programma
funziona, senza quelli delle prove. La licenza è quella che ogni pacchetto dichiara di sé. Lo stesso elenco
per i programmi è `docs/sbom.cdx.json` (CycloneDX 1.5). Il programma stesso è distribuito con la licenza EUPL-1.2.

| Pacchetto | Versione | Licenza |
| --- | --- | --- |
"""


def locked() -> dict[str, str]:
    """The packages of the lock with their versions."""
    return {name: version for name, version, _ in PINNED.findall(LOCK.read_text(encoding="utf-8"))}


def licence(name: str) -> str:
    """What a package says of its licence: as an SPDX expression, by its classifiers, or in a line of its own."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return ELSEWHERE
    told = found.metadata.get_all("License-Expression") or _classified(found) or _free(found)
    return " · ".join(told) or "non dichiarata"


def _classified(found: Distribution) -> list[str]:
    classifiers = found.metadata.get_all("Classifier") or []
    named = [one.rsplit(" :: ", 1)[-1] for one in classifiers if one.startswith("License ::")]
    return [one for one in named if one != "OSI Approved"]


def _free(found: Distribution) -> list[str]:
    written = (found.metadata.get("License") or "").strip().splitlines()
    return written[:1]


def licences() -> str:
    """Return docs/licences.md."""
    return INTRODUCTION + "".join(f"| {name} | {version} | {licence(name)} |\n" for name, version in locked().items())


def sbom() -> str:
    """Return the bill of materials."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": version,
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "purl": f"pkg:pypi/{name}@{version}",
            **({} if (told := licence(name)) == ELSEWHERE else {"licenses": [{"license": {"name": told}}]}),
        }
        for name, version in locked().items()
    ]
    program = {"type": "application", "name": "caluso-perf", "licenses": [{"license": {"id": "EUPL-1.2"}}]}
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": program},
        "components": components,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    LICENCES.write_text(licences(), encoding="utf-8")
    SBOM.write_text(sbom(), encoding="utf-8")
