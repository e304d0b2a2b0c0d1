"""The history in the management pages: read by whoever reaches the thing itself, and never written back.

A form that restores a past version would skip what the change page refuses: its fields are those of the past, also the
ones that only a superuser may set.
"""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

ONLY_READ = "La storia si consulta e non si ripristina: per tornare a un valore passato lo si scrive nella scheda."


class HistoryPages(SimpleHistoryAdmin):
    """Base of the pages of a model with history."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what happened to a thing; one of another entity is answered as on its change page: it is not here."""
        if not self._is_reachable(request, unquote(object_id)):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a past version. Raises PermissionDenied when somebody wants to write it back."""
        if request.method == "POST":
            raise PermissionDenied(ONLY_READ)
        if not self._is_reachable(request, unquote(object_id)):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _is_reachable(self, request: HttpRequest, key: str) -> bool:
        """Whether the person sees the thing in its list, or did before it was deleted."""
        if self.get_object(request, key) is not None:
            return True
        if not key.isdecimal() or self.model._default_manager.filter(pk=key).exists():
            return False
        last = self.model.history.filter(**{self.opts.pk.attname: key}).first()
        return last is not None and self.has_view_permission(request, last.instance)
