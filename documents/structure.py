"""The structure tree of a PDF (ISO 32000-1, 14.7): what a screen reader reads."""

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf


def id_prefix(identifier: str) -> str:
    """A short ASCII prefix for the ids of the table cells of one document."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:12]


def make_cells_unique(pdf: "pydyf.PDF", *, prefix: str) -> None:
    """Give the header cells of a rendered PDF ids that no other document has, and list them in the id tree.

    WeasyPrint numbers them from the object's number, so that two documents clash when they are assembled, and writes
    no id tree, which ISO 32000-1 (table 322) requires where elements have ids.
    """
    import pydyf

    def unique(own: Any) -> Any:
        return pydyf.String(f"{id_prefix(prefix)}-{own.string}")

    elements = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"]
    names: dict[str, bytes] = {}
    for element in elements:
        if "ID" in element:
            element["ID"] = unique(element["ID"])
            names[element["ID"].string] = element.reference
        if "Headers" in element.get("A", ()):
            element["A"]["Headers"] = pydyf.Array([unique(own) for own in element["A"]["Headers"]])
    if names:
        listed = [part for name in sorted(names) for part in (pydyf.String(name), names[name])]
        root = next(item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructTreeRoot")
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(listed)})
