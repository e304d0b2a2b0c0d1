"""The management pages: master data only, with its history. What an act adopted is not here.

The superuser of the installation sees all entities. Whoever is AMMINISTRATORE of an entity (and staff) sees and changes
the master data of that entity, in lists as in every choice of a form, and nothing of another one.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Field, Model, QuerySet
from django.forms import ModelForm, ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django_tasks_db.models import DBTaskResult
from simple_history.admin import SimpleHistoryAdmin

from organisation.management_scope import changeable_users, entities_managed_by, visible_users
from organisation.models import Entity, Manager, Membership, Sector, User

admin.site.site_header = admin.site.site_title = "Caluso Perf · Gestione"
admin.site.index_title = "Dati anagrafici"
admin.site.unregister([Group, EmailAddress, Authenticator, DBTaskResult])


class Scoped:
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
        """Allow it in the entities that the person manages."""
        managed = entities_managed_by(request.user)
        if obj is None:
            return _is_superuser(request) or managed.exists()
        return type(obj)._default_manager.filter(**{f"{self.entity_path}__in": managed}, pk=obj.pk).exists()

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


class MasterDataAdmin(Scoped, SimpleHistoryAdmin):
    """Base of the pages of master data. No action on many rows: every change is saved, and recorded, by itself."""

    actions = None
    list_per_page = 50


@admin.register(Entity)
class EntityAdmin(MasterDataAdmin):
    """An entity and its settings. The installation's superuser makes entities."""

    entity_path = "pk"
    list_display = ("name", "slug", "is_demo", "counting")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Leave it to the superuser."""
        return bool(getattr(request.user, "is_superuser", False))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the address and the demo mark as they are: acts and links rest on them."""
        return ("slug", "is_demo") if obj else ()


@admin.register(Sector)
class SectorAdmin(MasterDataAdmin):
    """A settore."""

    list_display = ("name", "entity", "active")
    list_filter = ("active",)
    search_fields = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A settore does not move to another entity."""
        return ("entity",) if obj else ()


@admin.register(Manager)
class ManagerAdmin(MasterDataAdmin):
    """A responsabile di servizio, from when to when."""

    entity_path = "sector__entity"
    list_display = ("name", "title", "sector", "valid_from", "valid_to")
    search_fields = ("name", "sector__name")
    list_select_related = ("sector",)


class MembershipForm(ModelForm):
    """A role, with settori of that same entity."""

    def clean(self) -> dict[str, Any]:
        """Refuse settori of another entity."""
        cleaned = super().clean() or {}
        entity, sectors = cleaned.get("entity"), cleaned.get("sectors") or []
        if any(sector.entity_id != entity.pk for sector in sectors if entity):
            raise ValidationError("I settori devono essere dello stesso ente.")
        return cleaned


@admin.register(Membership)
class MembershipAdmin(MasterDataAdmin):
    """Who does what in which entity. A role that ends is deleted; its history stays."""

    form = MembershipForm
    list_display = ("user", "role", "entity")
    list_filter = ("role",)
    search_fields = ("user__username", "user__last_name")
    list_select_related = ("user", "entity")
    filter_horizontal = ("sectors",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow what may be changed."""
        return self.has_change_permission(request, obj)


class NewUserMemberships(BaseInlineFormSet):
    """A user that an AMMINISTRATORE makes belongs to one of their entities from the first moment."""

    def clean(self) -> None:
        """Refuse a new user without a role."""
        super().clean()
        given = [form for form in self.forms if form.cleaned_data.get("role") and not form.cleaned_data.get("DELETE")]
        if not given and self.instance._state.adding:
            raise ValidationError("Indicare almeno un ruolo in un ente.")


class MembershipInline(Scoped, admin.StackedInline):
    """The roles of a user."""

    model = Membership
    form = MembershipForm
    formset = NewUserMemberships
    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow it where the user may be changed."""
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Show it to whoever manages an entity; the rows are those of these entities."""
        return entities_managed_by(request.user).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow it to whoever manages an entity."""
        return self.has_view_permission(request, obj)


@admin.register(User)
class PersonAdmin(SimpleHistoryAdmin, UserAdmin):
    """A person who signs in.

    An AMMINISTRATORE changes (password included) only people who work in no other entity: else they could enter that
    one in somebody else's name.
    """

    actions = ("reset_second_factor",)
    add_form_template = "admin/change_form.html"
    inlines = (MembershipInline,)
    list_display = ("username", "last_name", "first_name", "email", "is_active")
    list_filter = ("is_active",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Persona", {"fields": ("first_name", "last_name", "email")}),
        ("Accesso", {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "password1", "password2", "is_staff")}),
    )
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Leave the people of the entities that the person manages."""
        return visible_users(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a superuser makes a superuser."""
        return () if _is_superuser(request) else ("is_superuser",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the pages to whoever manages an entity."""
        return entities_managed_by(request.user).exists() or _is_superuser(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow it to whoever manages an entity."""
        return self.has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow it for the people of the entities that the person manages."""
        if obj is None:
            return self.has_module_permission(request)
        return visible_users(request.user).filter(pk=obj.pk).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow it for people who work in no other entity."""
        if obj is None:
            return self.has_module_permission(request)
        return changeable_users(request.user).filter(pk=obj.pk).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: a user is switched off."""
        return False

    @admin.action(description="Azzera il secondo fattore (telefono perduto)", permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Delete the authenticators of the chosen people, those who may be changed."""
        allowed = changeable_users(request.user).filter(pk__in=people.values("pk"))
        count, _ = Authenticator.objects.filter(user__in=allowed).delete()
        self.message_user(request, f"Secondi fattori azzerati: {count}.")


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
