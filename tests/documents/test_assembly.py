"""Stored PDFs joined into one file: nothing of a part is lost, nothing clashes, what is common is kept once."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from documents.assembly import Part, Place, assemble
from tests.forms import changed_sheet, print_sheet, real_sheet
from tests.tagged import attached, page_texts, read_aloud, tags

pytestmark = pytest.mark.pdf
WHEN = datetime(2022, 10, 18, 18, 0, tzinfo=UTC)


def joined(parts, **options):
    out = io.BytesIO()
    places = assemble(parts, title="Piano", created=WHEN, identifier="piano-1", out=out, **options)
    return out.getvalue(), places


@pytest.fixture(scope="module")
def three():
    """Two settori, three sheets."""
    return [
        Part("Uno", real_sheet(0), "FINANZIARIO"),
        Part("Due", real_sheet(1), "FINANZIARIO"),
        Part("Tre", real_sheet(4), "AMMINISTRATIVO"),
    ]


def test_pages_texts_and_tags_of_all_parts_are_there_in_order(three):
    content, places = joined(three)
    assert [place.page for place in places] == [1, 2, 3]
    assert read_aloud(content) == [text for part in three for text in read_aloud(part.content)]
    assert page_texts(content) == [text for part in three for text in page_texts(part.content)]
    assert tags(content)["TD"] == sum(tags(part.content)["TD"] for part in three)
    assert (tags(content)["Document"], tags(content)["Part"]) == (1, 3)


def test_every_cell_id_is_unique_and_in_the_id_tree(three):
    content, _ = joined(three)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
        ids = [str(item.ID) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ID" in item]
    assert names == sorted(set(ids))
    assert len(ids) == len(set(ids)) == tags(content)["TH"]


def test_fonts_and_colour_profile_are_kept_once(three):
    content, _ = joined(three)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        dictionaries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        assert len({item.FontFile2.objgen for item in dictionaries if "/FontFile2" in item}) == 2
        assert len(content) < sum(len(part.content) for part in three) / 2


def test_the_outline_has_an_entry_per_part_under_its_settore(three):
    content, _ = joined(three)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        told = [(group.title, [part.title for part in group.children]) for group in outline.root]
    assert told == [("FINANZIARIO", ["Uno", "Due"]), ("AMMINISTRATIVO", ["Tre"])]


def test_attachments_of_one_name_are_both_kept():
    same = [print_sheet(changed_sheet(title=title), version="v1") for title in ("Uno", "Due")]
    first, second = (attached(content) for content in same)
    other = print_sheet(changed_sheet(title="Due"), version="v2")
    content, _ = joined([Part("Uno", same[0]), Part("Due", other)])
    assert attached(content) == {**first, "scheda-v2.json": second["scheda-v1.json"]}


def test_a_part_cannot_stand_twice_in_a_file():
    with pytest.raises(ValueError, match="the same part twice"):
        joined([Part("Uno", real_sheet(0)), Part("Uno", real_sheet(0))])


def test_a_file_needs_a_part():
    with pytest.raises(ValueError, match="at least one part"):
        joined([])


def test_what_is_no_pdf_is_refused():
    with pytest.raises(pikepdf.PdfError):
        joined([Part("Uno", b"testo")])


def test_the_cover_knows_where_the_parts_stand_after_it(three):
    covers = []

    def cover(places):
        covers.append(list(places))
        return real_sheet(7)

    content, places = joined(three, cover=cover)
    assert covers[-1] == places
    assert places[0] == Place("Uno", "FINANZIARIO", 2, 1)
    assert read_aloud(content)[: len(read_aloud(real_sheet(7)))] == read_aloud(real_sheet(7))


def test_the_same_parts_give_the_same_bytes(three):
    assert joined(three)[0] == joined(iter(three))[0]
