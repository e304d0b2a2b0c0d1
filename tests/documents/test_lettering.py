"""What the printed forms do with characters that their fonts lack."""

import pytest

from documents.lettering import printable


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("E' già ATTIVITA' – 72,19% € n° «perché»", "E' già ATTIVITA' – 72,19% € n° «perché»"),
        ("perche\u0301", "perché"),
        ("ﬁnanziario Ⅳ ½", "finanziario IV ½"),
        ("● fatto ☐ da fare ✓", "• fatto [ ] da fare [x]"),
        ("a\u2011b\u2003c", "a-b c"),
        ("\x00\x07\u200b\u202e\ufeffzero", "zero"),
        ("😀 服务 خدمة", "[?] [?][?] [?][?][?][?]"),
        ("\ud800", "[?]"),
        ("riga\nriga\tcolonna", "riga\nriga\tcolonna"),
    ],
)
def test_a_character_without_a_glyph_is_replaced_visibly(written, printed):
    assert printable(written) == printed
