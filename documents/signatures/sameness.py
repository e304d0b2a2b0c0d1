"""Whether a signed PDF still shows the document that went out: a signature adds to a PDF, it changes nothing in it.

A PDF is changed by what is appended to it. That the old bytes stand at its beginning proves nothing: what is appended
may replace every page. So each object of the document is compared with what the returned file has in its place.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

OF_THE_CATALOG = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"})
"""What a signature may add to the catalog: its form field, what long-term validation needs, its permissions."""
OF_A_PAGE = frozenset({"/Annots", "/Tabs"})
_CONTAINERS = ("/XRef", "/ObjStm")


def what_changed(original: bytes, returned: bytes) -> str | None:
    """Return what the returned PDF changes in the document, beside signatures, in words; None for nothing.

    Raises pikepdf.PdfError when the returned file is no sound PDF.
    """
    with Pdf.open(io.BytesIO(original)) as old, Pdf.open(io.BytesIO(returned), attempt_recovery=False) as new:
        if new.is_encrypted:
            return "è cifrato"
        return _pages(old, new) or _form(new) or _objects(old, new)


def visible_on(returned: bytes, original: bytes) -> list[int]:
    """Return the numbers, from 1, of the pages on which the returned file shows new signatures."""
    with Pdf.open(io.BytesIO(original)) as old, Pdf.open(io.BytesIO(returned)) as new:
        pairs = zip(old.pages, new.pages, strict=True)
        return [number for number, (was, now) in enumerate(pairs, 1) if any(map(_has_area, _added(was.obj, now.obj)))]


def keeps_its_claims(returned: bytes) -> bool:
    """Tell whether the metadata still say that the file is PDF/A and PDF/UA, as ours do."""
    with Pdf.open(io.BytesIO(returned)) as new:
        metadata = new.Root.get("/Metadata")
        content = metadata.read_bytes() if metadata is not None else b""
        return b"pdfaid" in content and b"pdfuaid" in content


def _pages(old: Pdf, new: Pdf) -> str | None:
    if len(old.pages) != len(new.pages):
        return f"ha {len(new.pages)} pagine e non {len(old.pages)}"
    for number, (was, now) in enumerate(zip(old.pages, new.pages, strict=True), 1):
        if was.obj.objgen != now.obj.objgen or not _alike(was.obj, now.obj, OF_A_PAGE):
            return f"cambia la pagina {number}"
        kept = {own.objgen for own in _annotations(now.obj)}
        if not {own.objgen for own in _annotations(was.obj)} <= kept:
            return f"toglie qualcosa dalla pagina {number}"
        if not all(map(_is_signature, _added(was.obj, now.obj))):
            return f"aggiunge alla pagina {number} qualcosa che non è una firma"
    return None


def _form(new: Pdf) -> str | None:
    form = new.Root.get("/AcroForm", Dictionary())
    if "/XFA" in form or not all(map(_is_signature, form.get("/Fields", Array()))):
        return "aggiunge campi che non sono firme"
    return None


def _objects(old: Pdf, new: Pdf) -> str | None:
    """Each object of the document, but those that signatures rightly change."""
    if not _alike(old.Root, new.Root, OF_THE_CATALOG):
        return "cambia il catalogo del documento"
    free = {own.objgen for own in _free(old)}
    for was in old.objects:
        if was.objgen not in free and _type(was) not in _CONTAINERS and not _alike(was, new.get_object(was.objgen)):
            return f"cambia il contenuto del documento (oggetto {was.objgen[0]})"
    return None


def _free(old: Pdf) -> Iterator[Object]:
    """What signatures rightly change, and what was compared already."""
    yield old.Root
    yield from (page.obj for page in old.pages)
    yield from (page.obj["/Annots"] for page in old.pages if "/Annots" in page.obj)
    yield old.trailer.get("/Info", Dictionary())
    yield old.Root.get("/Metadata", Dictionary())
    form = old.Root.get("/AcroForm", Dictionary())
    yield from (form, form.get("/Fields", Array()))
    store = old.Root.get("/DSS", Dictionary())
    yield from (store, *(value for value in store.values() if isinstance(value, Object)))


def _alike(was: Object, now: Object, but: frozenset[str] = frozenset()) -> bool:
    """Tell whether two objects are the same, references as references; `but` names keys that are left out."""
    if isinstance(was, pikepdf.Stream):
        return (
            isinstance(now, pikepdf.Stream)
            and was.stream_dict.unparse() == now.stream_dict.unparse()
            and was.read_raw_bytes() == now.read_raw_bytes()
        )
    if but and isinstance(was, Dictionary) and isinstance(now, Dictionary):
        was, now = _without(was, but), _without(now, but)
    return bool(was.unparse(resolved=True) == now.unparse(resolved=True))


def _without(holder: Object, keys: frozenset[str]) -> Object:
    return Dictionary({key: value for key, value in holder.items() if key not in keys})


def _annotations(page: Object) -> list[Object]:
    return list(page.get("/Annots", Array()))


def _added(was: Object, now: Object) -> list[Object]:
    there = {own.objgen for own in _annotations(was)}
    return [own for own in _annotations(now) if own.objgen not in there or own.objgen == (0, 0)]


def _is_signature(field: Object) -> bool:
    """A signature's field or the place where it shows: nothing that acts when it is clicked or opened."""
    own = field if "/FT" in field else field.get("/Parent", Dictionary())
    kids = field.get("/Kids", Array())
    return (
        own.get("/FT") == Name.Sig
        and "/A" not in field
        and "/AA" not in field
        and all(kid.get("/FT", Name.Sig) == Name.Sig and "/Kids" not in kid for kid in kids)
    )


def _has_area(widget: Object) -> bool:
    left, bottom, right, top = (float(edge) for edge in widget.get("/Rect", Array([0, 0, 0, 0])))
    return bool((right - left) * (top - bottom))


def _type(item: Object) -> str:
    return str(item.get("/Type", "")) if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else ""
