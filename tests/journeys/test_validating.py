"""The Nucleo remarks and decides with the keyboard; anybody then checks the file, which stays in the browser."""

from base64 import b64encode

import pytest

from evaluations.models import Validation
from evaluations.packages.validated import print_validated
from tests.this_year import approved_plan, full_sheet
from tests.validations import frozen, requested

pytestmark = [
    pytest.mark.journey,
    pytest.mark.pdf,
    pytest.mark.parametrize("visitor", [({"width": 1280, "height": 900}, True)], indirect=True, ids=["desk"]),
]
DROPPED = """([name, text]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([Uint8Array.from(atob(text), one => one.charCodeAt(0))], name));
    document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
}"""


@pytest.fixture
def sent_on(visitor):
    """What the browser sends with its questions, while the test lasts."""
    bodies: list[bytes] = []
    visitor.page.on("request", lambda request: bodies.append(request.post_data_buffer or b""))
    return bodies


def typed(page, *keys):
    """Go through a page by Tab and the keys given: a text is typed, a name in brackets is a key."""
    for key in keys:
        page.keyboard.press(key[1:-1]) if key.startswith("[") else page.keyboard.type(key)


def verdict(visitor):
    """What the public page says of a file."""
    visitor.page.locator(".verdict").wait_for()
    visitor.troubles[:] = [one for one in visitor.troubles if "404" not in one]
    visitor.check()
    return visitor.page.locator(".verdict h2").inner_text()


def test_the_nucleo_validates_and_anybody_checks(visitor, sent_on, caluso, segretario, nucleo, with_password):
    validation = frozen(requested(approved_plan(caluso, full_sheet(1, weight=100)), segretario))
    with_password(nucleo)
    visitor.sign_in("nucleo")
    visitor.follow("dopo la GC")
    visitor.follow("Obiettivo 1")
    visitor.page.get_by_role("textbox", name="Rilievo").focus()
    typed(visitor.page, "Serve un indicatore.", "[Tab]", "[Enter]")
    visitor.page.get_by_text("Rilievo salvato.").wait_for()
    visitor.follow("Registra la decisione")
    visitor.page.get_by_label("Numero del verbale").focus()
    typed(visitor.page, "3/2026", *["[Tab]"] * 5, "Anna Verdi", "[Tab]", "[Tab]", "[Enter]")
    visitor.page.get_by_role("heading", name="Verbale n. 3/2026").wait_for()
    visitor.check()
    visitor.page.get_by_role("button", name="Registra la decisione").dblclick()
    visitor.page.get_by_text("Validata con rilievi", exact=True).wait_for()
    decided = Validation.objects.get(pk=validation.pk)
    assert decided.history.filter(decided_at__isnull=False).count() == 1
    (file,) = print_validated(decided).files.all()
    anybody_checks(visitor, file.validated, sent_on)


def anybody_checks(visitor, document, sent_on):
    """The file as it is is authentic, also dropped; with one byte changed nobody knows it; none is ever sent."""
    content = document.read()
    changed = bytes([*content[:-1], content[-1] ^ 1])
    visitor.go("/verifica/")
    visitor.page.get_by_label("File da controllare").set_input_files(
        {"name": document.name, "mimeType": document.mime, "buffer": content}
    )
    with visitor.page.expect_navigation():  # the script sends the hash when it has it
        visitor.page.get_by_role("button", name="Controlla il file").click()
    visitor.check()
    assert verdict(visitor) == "Il file è autentico"
    assert document.code in visitor.page.locator(".verdict").inner_text()
    for dropped, said in [(changed, "Il file non risulta"), (content, "Il file è autentico")]:
        visitor.go("/verifica/")
        with visitor.page.expect_navigation():
            visitor.page.evaluate(DROPPED, [document.name, b64encode(dropped).decode()])
        assert verdict(visitor) == said
    assert max(map(len, sent_on)) < len(content) / 10
