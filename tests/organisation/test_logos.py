"""The coat of arms: PNG only, read and written anew, shown beside the name to whom it is for."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from organisation.logos import NO_PNG, read_logo
from organisation.models import Entity
from tests.pages import texts

SHOWN = "//header//img/@src"


def picture(width=400, height=200, kind="PNG", **saving):
    written = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (width, height), "red").save(written, kind, **saving)
    return written.getvalue()


def test_a_picture_is_made_small_and_loses_what_is_written_in_it():
    words = PngInfo()
    words.add_text("Author", "Maria Rossi")
    clean = read_logo(picture(pnginfo=words) + b"<script>")
    assert (b"Maria" in clean, b"script" in clean) == (False, False)
    assert Image.open(io.BytesIO(clean)).size == (320, 160)
    assert read_logo(clean) == clean


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", NO_PNG),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NO_PNG),
        (picture(kind="JPEG"), NO_PNG),
        (picture()[: len(picture()) // 2], NO_PNG),
        (picture()[:33], NO_PNG),
        (picture(1201, 1), "Lo stemma può avere al massimo 1200 punti per lato, questo ne ha 1201."),
        (picture() + b"0" * 512 * 1024, "Lo stemma può essere al massimo di 512 kB: salvarlo più piccolo."),
    ],
    ids=["empty", "svg", "jpeg", "cut", "head", "wide", "heavy"],
)
@pytest.mark.parametrize("lenient", [False, True], ids=["", "once WeasyPrint is there"])
def test_what_is_no_picture_for_it_is_refused_with_a_sentence(content, said, lenient, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # as WeasyPrint does, for the whole process
    with pytest.raises(ValidationError) as refusal:
        read_logo(content)
    assert refusal.value.messages == [said]


@pytest.fixture
def bring(signed_in, amministratore, caluso):
    """Bring a file as the coat of arms of the entity, by the management pages."""
    address = f"/gestione/organisation/entity/{caluso.pk}/change/"
    client = signed_in(amministratore)

    def bring(content=None, **more):
        form = client.get(address).context["adminform"].form
        told = {name: form.initial[name] for name in form.fields if name != "logo" and form.initial.get(name)}
        file = {} if content is None else {"logo": SimpleUploadedFile("stemma.png", content, "image/png")}
        return client.post(address, {**told, **more, **file})

    return bring


def stored():
    return Entity.objects.get(slug="caluso").logo.name


@pytest.mark.django_db
def test_the_amministratore_brings_it_and_takes_it_away(bring, signed_in, lettura):
    home = signed_in(lettura)
    assert (texts(home.get("/caluso/"), SHOWN), home.get("/caluso/stemma.png").status_code) == ([], 404)
    assert bring(picture()).status_code == 302
    kept = stored()
    assert texts(home.get("/caluso/"), SHOWN) == ["/caluso/stemma.png"]
    assert bring(picture()).status_code == bring().status_code == 302
    assert stored() == kept
    refused = bring(b"GIF89a")
    assert (refused.status_code, NO_PNG in refused.content.decode(), stored()) == (200, True, kept)
    assert bring(**{"logo-clear": "on"}).status_code == 302
    assert stored() == ""


@pytest.mark.django_db
def test_it_is_public_where_the_entity_publishes(bring, signed_in, lettura, estraneo):
    bring(picture())
    private = signed_in(lettura).get("/caluso/stemma.png")
    assert (private["Content-Type"], private["Cache-Control"]) == ("image/png", "private, max-age=600")
    assert signed_in(estraneo).get("/caluso/stemma.png").status_code == 404
    assert Client().get("/caluso/stemma.png")["Location"] == "/accesso/login/?next=/caluso/stemma.png"
    bring(published="on")
    public = Client().get("/caluso/stemma.png")
    assert (public["Cache-Control"], "Cookie" in public.get("Vary", "")) == ("public, max-age=600", False)
    again = Client().get("/caluso/stemma.png", headers={"If-None-Match": public["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert texts(Client().get("/trasparenza/caluso/"), SHOWN) == ["/caluso/stemma.png"]
