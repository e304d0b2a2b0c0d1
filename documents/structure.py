"""The structure tree of a PDF (ISO 32000-1, 14.7): what a screen reader reads."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

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

    names: dict[str, bytes] = {}
    for element in _of_type(pdf, "/StructElem"):
        if "ID" in element:
            element["ID"] = unique(element["ID"])
            names[element["ID"].string] = element.reference
        if "Headers" in element.get("A", ()):
            element["A"]["Headers"] = pydyf.Array([unique(own) for own in element["A"]["Headers"]])
    if names:
        listed = [part for name in sorted(names) for part in (pydyf.String(name), names[name])]
        _of_type(pdf, "/StructTreeRoot")[0]["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(listed)})


def lift_texts(pdf: "pydyf.PDF") -> None:
    """Let the marked text of an element hang on it directly, not on a `Span` of its own.

    WeasyPrint wraps every line of text in a `Span` that says nothing: a third of the tree, which every reader and every
    assembled file would carry along. The emptied objects remain as `<<>>`, since objects are numbered by position.
    """
    import pydyf

    owners: dict[bytes, bytes] = {}
    for span in _of_type(pdf, "/StructElem"):
        kids = span["K"]
        if span["S"] != "/Span" or not all(isinstance(kid, int) for kid in kids):
            continue
        parent = pdf.objects[int(span["P"].split()[0])]
        at = parent["K"].index(span.reference)
        parent["K"][at : at + 1] = kids
        owners[span.reference] = parent.reference
        span.clear()
    tree = pdf.objects[int(_of_type(pdf, "/StructTreeRoot")[0]["ParentTree"].split()[0])]
    for page in tree["Nums"][1::2]:
        if isinstance(page, pydyf.Array):
            page[:] = [_last_owner(owner, owners) for owner in page]


def _last_owner(element: bytes, owners: dict[bytes, bytes]) -> bytes:
    """The element that holds a text after all liftings: a lifted span's parent may itself have been lifted."""
    while element in owners:
        element = owners[element]
    return element


def _of_type(pdf: "pydyf.PDF", name: str) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == name]


class JoinedTree:
    """The structure tree of an assembled file: each part's tree becomes a `Part` of one `Document`."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root))
        self.parts: list[Object] = []
        self.parents: list[Object] = []
        self.names: dict[str, Object] = {}
        self.roles: dict[str, Object] = {}

    def join(self, foreign: Object, pages: Sequence[Page], title: str, *, first: bool = False) -> None:
        """Join the tree of a part whose `pages` are already in the file; `first` puts it before the others.

        Raises ValueError when an id is already in the file: the part stands in it twice.
        """
        tree = self.pdf.copy_foreign(foreign)
        parts = [self._as_part(element, title) for element in tree.K]
        self.parts = parts + self.parts if first else self.parts + parts
        self._renumber(tree.ParentTree.Nums, pages)
        self._register(tree.get("/IDTree", Dictionary()).get("/Names", Array()))
        self.roles.update(tree.get("/RoleMap", Dictionary()).items())

    def _as_part(self, element: Object, title: str) -> Object:
        element.S, element.P, element.T = Name.Part, self.document, String(title)
        return element

    def _renumber(self, nums: Object, pages: Sequence[Page]) -> None:
        """Give the entries of a part's parent tree the next free keys, and tell its pages and annotations."""
        keys = {int(key): len(self.parents) + number for number, key in enumerate(list(nums)[::2])}
        for page in pages:
            page.obj.StructParents = keys[int(page.obj.StructParents)]
            for annotation in page.obj.get("/Annots", Array()):
                if "/StructParent" in annotation:
                    annotation.StructParent = keys[int(annotation.StructParent)]
        self.parents.extend(list(nums)[1::2])

    def _register(self, names: Object) -> None:
        listed = list(names)
        for name, element in zip(map(str, listed[::2]), listed[1::2], strict=True):
            if name in self.names:
                raise ValueError(f"the same part twice in one file: id {name}")
            self.names[name] = element

    def finish(self) -> Object:
        """The root of the tree, complete."""
        self.document.K = Array(self.parts)
        self.root.K = Array([self.document])
        self.root.ParentTree = Dictionary(Nums=Array([x for pair in enumerate(self.parents) for x in pair]))
        self.root.ParentTreeNextKey = len(self.parents)
        if self.names:
            listed = [part for name in sorted(self.names) for part in (String(name), self.names[name])]
            self.root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(listed)))
        if self.roles:
            self.root.RoleMap = Dictionary({key: self.roles[key] for key in sorted(self.roles)})
        return self.root
