"""Whatever comes back, the answer is who signed it or a sentence: never a crash, never a changed document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.signatures.found import Refused, Signed
from documents.signatures.reading import read_signed

pytestmark = pytest.mark.pdf
ORIGINAL = b"il documento " * 30
ANYWHERE = st.floats(0, 1, exclude_max=True)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "insert", "repeat"]), ANYWHERE, st.binary(min_size=1, max_size=8)),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def signed(pdf, maria):
    """The document, signed."""
    return maria.sign(pdf)


@pytest.fixture(scope="module")
def envelope(maria):
    """ORIGINAL, signed."""
    return maria.envelope(ORIGINAL)


def changed(content, changes, since=0):
    """The content with each change made somewhere after `since`."""
    for kind, share, new in changes:
        place = since + int((len(content) - since) * share)
        if kind == "flip":
            content = content[:place] + new + content[place + len(new) :]
        elif kind == "cut":
            content = content[:place] + content[place + len(new) * 10 :]
        else:
            content = content[:place] + (new if kind == "insert" else content[since:place]) + content[place:]
    return content


def answer(original, returned):
    """What reading answers: always one of the two."""
    try:
        found = read_signed(original, returned)
    except Refused as refusal:
        return str(refusal)
    assert isinstance(found, Signed)
    return found


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF-", b"%PDF-1.7\n%%EOF", b"\x30", b"MIIB", b"-----", b"\x30\x80"])
def test_what_is_nothing_is_refused(pdf, content):
    assert isinstance(answer(pdf, content), str)


def test_what_is_no_pdf_is_signed_in_an_envelope(signed):
    assert answer(b"PK zip", signed) == "Questo documento non è un PDF: si firma in una busta .p7m."


@settings(max_examples=30)
@given(changes=CHANGES)
def test_a_signed_pdf_changed_at_random(pdf, signed, changes):
    returned = changed(signed, changes, since=len(pdf))
    found = answer(pdf, returned)
    assert isinstance(found, str) or (returned.startswith(pdf) and found.signers[0].name == "ROSSI MARIA")


@settings(max_examples=30)
@given(changes=CHANGES)
def test_an_envelope_changed_at_random(envelope, changes):
    found = answer(ORIGINAL, changed(envelope, changes))
    assert isinstance(found, str) or found.signers[0].name == "ROSSI MARIA"
