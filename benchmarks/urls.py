"""The program's addresses, and beside them what its pages are compared with."""

from pathlib import Path

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path

from caluso_perf.urls import urlpatterns as of_the_program
from objectives.models import Sheet
from organisation.access import get_place

STATIC = "confronto.zip"


class SheetList(ModelAdmin):
    """Django's own list of sheets, as somebody who wants it quick would write it: no query per row."""

    list_display = ("number", "weight", "title", "change", "sector", "deliberation")
    list_select_related = ("sector", "deliberation")
    list_per_page = 100

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """The rows of one plan may be asked for, without the filters at the side, which would cost time."""
        return lookup == "objective__plan__id__exact"

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Everybody may see it here."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Everybody may see it here."""
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Read only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Read only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Read only."""
        return False


django_admin = AdminSite(name="confronto")
django_admin.register(Sheet, SheetList)


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, to anybody: what the server and the middleware cost."""
    return HttpResponse()


def empty_for_members(request: HttpRequest, slug: str) -> HttpResponse:
    """Nothing, to a signed-in member of the entity: what knowing the person costs besides."""
    get_place(request, slug)
    return HttpResponse()


def file_for_members(request: HttpRequest, slug: str) -> FileResponse:
    """A file as it lies on the disk, to a signed-in member, unchecked."""
    get_place(request, slug)
    return FileResponse(Path(settings.STATIC_ROOT, STATIC).open("rb"))


urlpatterns = [
    path("confronto/file/<slug:slug>/", file_for_members),
    path("confronto/vuota/", empty),
    path("confronto/vuota/<slug:slug>/", empty_for_members),
    path("confronto/", django_admin.urls),
    *of_the_program,
]
