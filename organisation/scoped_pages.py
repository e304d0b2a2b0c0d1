"""Management pages that show an AMMINISTRATORE their entities alone, in lists as in every choice of a form."""

from operator import attrgetter
from typing import Any

from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest

from organisation.field_help import Explained
from organisation.history_pages import HistoryPages
from organisation.management_scope import entities_managed_by, visible_users
from organisation.models import Entity, User


class Scoped(Explained):
    """Permissions and choices by entity, for the admin classes and their inlines."""

    entity_path = "entity"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the rows of the entities that the person manages."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(**{f"{self.entity_path}__in": entities_managed_by(request.user)})

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the pages to whoever manages an entity."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow it in the entities that the person manages; what was deleted belongs where it stood last."""
        managed = entities_managed_by(request.user)
        if obj is None:
            return is_superuser(request) or managed.exists()
        row = type(obj)._default_manager.filter(pk=obj.pk)
        if not row.exists():
            return managed.filter(pk=attrgetter(f"{self.entity_path.replace('__', '.')}_id")(obj)).exists()
        return row.filter(**{f"{self.entity_path}__in": managed}).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As for looking at it."""
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As for looking at it."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: master data is switched off or ended, it stays readable in the history."""
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only what belongs to the entities that the person manages."""
        kwargs.setdefault("queryset", _choices(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only what belongs to the entities that the person manages."""
        kwargs.setdefault("queryset", _choices(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


def _choices(field: "Field[Any, Any]", request: HttpRequest) -> QuerySet[Any]:
    managed = entities_managed_by(request.user)
    if field.related_model is Entity:
        return managed
    if field.related_model is User:
        return visible_users(request.user)
    return field.related_model._default_manager.filter(entity__in=managed)  # type: ignore[union-attr]


class MasterDataAdmin(Scoped, HistoryPages):
    """Base of the pages of master data. No action on many rows: every change is saved, and recorded, by itself."""

    actions = None
    list_per_page = 50


def is_superuser(request: HttpRequest) -> bool:
    """Tell whether the installation's superuser is asking."""
    return bool(getattr(request.user, "is_superuser", False))
