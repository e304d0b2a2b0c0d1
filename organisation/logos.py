"""The coat of arms of an entity: a PNG that is read, made small and written anew before it is kept, and its page.

No SVG, which can hold scripts; nothing of the file that came is handed out, neither its words nor what lies behind it.
"""

import hashlib
import io
from typing import Any

from django.conf import settings
from django.contrib.admin.widgets import AdminFileWidget
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.forms import ModelForm, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import condition, require_safe
from PIL import Image

from organisation.access import get_place
from organisation.models import Entity

LARGEST_SIDE = 1200
SHOWN_SIDE = 320
"""Pixels: five times the height at which pages show it."""
LARGEST = 512 * 1024
KEPT_SECONDS = 600
NO_PNG = "Lo stemma si carica come immagine PNG: questo file non lo è, o è rovinato."


def read_logo(content: bytes) -> bytes:
    """Return the picture as a PNG of at most SHOWN_SIDE pixels. Raises ValidationError for what can't be one."""
    if len(content) > LARGEST:
        raise ValidationError(f"Lo stemma può essere al massimo di {LARGEST // 1024} kB: salvarlo più piccolo.")
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            picture.verify()  # also where the printing of PDFs lets Pillow read what is cut off
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise ValidationError(
                    f"Lo stemma può avere al massimo {LARGEST_SIDE} punti per lato, questo ne ha {max(picture.size)}."
                )
            clean = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as reason:
        raise ValidationError(NO_PNG) from reason
    clean.info.clear()
    clean.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    written = io.BytesIO()
    clean.save(written, "PNG", optimize=True)
    return written.getvalue()


class LogoInput(AdminFileWidget):
    """The field of the management pages, with a link to the coat of arms that pages show today."""

    def format_value(self, value: Any) -> Any:
        """Return what the link says and where it leads."""
        return _Today(value.instance) if self.is_initial(value) else None


class _Today:
    def __init__(self, entity: Entity) -> None:
        self.url = reverse("logo", args=[entity.slug])

    def __str__(self) -> str:
        return "lo stemma di oggi"


class EntityForm(ModelForm):
    """The settings of an entity."""

    class Meta:
        widgets = {"logo": LogoInput}

    def clean_logo(self) -> "File[bytes] | str | bool | None":
        """Leave what is on record, or return the new picture under the name of its hash, once for all."""
        brought: File[bytes] | None = self.files.get(self.add_prefix("logo"))
        if brought is None or not self.cleaned_data["logo"]:
            return self.cleaned_data["logo"]
        content = read_logo(brought.read(LARGEST + 1))
        name = f"{hashlib.sha256(content).hexdigest()}.png"
        kept = f"stemmi/{name}"
        return kept if default_storage.exists(kept) else ContentFile(content, name)


def _etag(request: HttpRequest, slug: str) -> str | None:
    name = Entity.objects.filter(slug=slug, published=True).values_list("logo", flat=True).first()
    return f'"{name}"' if name else None


@login_not_required
@require_safe
@condition(etag_func=_etag)
def logo(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the coat of arms: to anybody where the entity publishes its pages, else to those who belong to it."""
    entity = Entity.objects.filter(slug=slug, published=True).first()
    if entity is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        entity = get_place(request, slug).entity
    if not entity.logo.name or not default_storage.exists(entity.logo.name):
        raise Http404("Questo ente non ha uno stemma.")
    with entity.logo.open() as file:
        answer = HttpResponse(file.read(), content_type="image/png")
    answer["Cache-Control"] = f"{'public' if entity.published else 'private'}, max-age={KEPT_SECONDS}"
    return answer
