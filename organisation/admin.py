"""The management pages: master data only, with its history. What an act adopted is not here.

The superuser of the installation sees all entities. Whoever is AMMINISTRATORE of an entity (and staff) sees and changes
the master data of that entity, in lists as in every choice of a form, and nothing of another one.
"""

from http import HTTPStatus
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Field, Model, QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField, ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_tasks_db.models import DBTaskResult

from organisation.access import person_of
from organisation.access_notices import FACTOR_BY_OTHERS, SET_BY_OTHERS, invite, tell_changed
from organisation.field_help import Explained
from organisation.forms import NewPersonForm
from organisation.history_pages import HistoryPages
from organisation.logos import EntityForm
from organisation.management_scope import changeable_users, entities_managed_by, visible_users
from organisation.models import Entity, Manager, Membership, Notice, Sector, User
from organisation.roles import Role
from organisation.scoped_pages import MasterDataAdmin, Scoped, is_superuser
from organisation.sending import standing

admin.site.site_header = admin.site.site_title = "Caluso Perf · Gestione"
admin.site.index_title = "Dati anagrafici"
NAME_STANDS = "Il nome non si cambia più: è nell'impronta di ogni scheda già adottata."
LAST_ROLE = (
    "È l'ultimo ruolo di questa persona: senza, nessun amministratore la ritroverebbe. "
    "Per togliere l'accesso si disattiva l'utente."
)
admin.site.unregister([Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, DBTaskResult])


class RolesField(MultipleChoiceField):
    """Boxes to tick, a role each, for a list of roles that is stored as JSON."""

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(choices=Role.choices, widget=CheckboxSelectMultiple, **kwargs)


@admin.register(Entity)
class EntityAdmin(MasterDataAdmin):
    """An entity and its settings. The installation's superuser makes entities."""

    entity_path = "pk"
    form = EntityForm
    list_display = ("name", "slug", "is_demo", "counting")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Leave it to the superuser."""
        return bool(getattr(request.user, "is_superuser", False))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the address and the demo mark, and the name once acts carry it: links and fingerprints rest on them."""
        if obj is None:
            return ()
        return ("name", "slug", "is_demo") if obj.deliberations.exists() else ("slug", "is_demo")

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the roles by their names."""
        if db_field.name == "second_factor_roles":
            kwargs |= {"form_class": RolesField}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Say why the name stands still."""
        if obj and obj.deliberations.exists():
            kwargs["help_texts"] = {"name": NAME_STANDS}
        return super().get_form(request, obj, change, **kwargs)


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
    """A role, with settori of that same entity, all in sight."""

    class Meta:
        """Boxes to tick: Django's two lists side by side speak English and do not fit a telephone."""

        widgets = {"sectors": CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        """Refuse settori of another entity."""
        cleaned = super().clean() or {}
        entity = cleaned["entity"].pk if cleaned.get("entity") else self.instance.entity_id
        if any(sector.entity_id != entity for sector in cleaned.get("sectors") or [] if entity):
            raise ValidationError("I settori devono essere dello stesso ente.")
        return cleaned


@admin.register(Membership)
class MembershipAdmin(MasterDataAdmin):
    """Who does what in which entity. A role that ends is deleted; its history stays. The last one is not deleted."""

    form = MembershipForm
    list_display = ("user", "role", "entity")
    list_filter = ("role",)
    search_fields = ("user__username", "user__last_name")
    list_select_related = ("user", "entity")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A role does not pass to another person, nor to another entity."""
        return ("user", "entity") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow what may be changed."""
        return self.has_change_permission(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask, and delete; the last role of a person is refused with a sentence."""
        role = self.get_object(request, unquote(object_id))
        if role and not role.user.memberships.exclude(pk=role.pk).exists():
            self.message_user(request, LAST_ROLE, messages.ERROR)
            return redirect("admin:organisation_membership_change", role.pk)
        return super().delete_view(request, object_id, extra_context)


class RolesOfUser(BaseInlineFormSet):
    """A user that an AMMINISTRATORE makes belongs to one of their entities, from the first moment and ever after."""

    def clean(self) -> None:
        """Refuse a user who has no role, or would have none any more."""
        super().clean()
        if any(form.cleaned_data.get("role") and not form.cleaned_data.get("DELETE") for form in self.forms):
            return
        if self.instance._state.adding:
            raise ValidationError("Indicare almeno un ruolo in un ente.")
        deleted = [form.instance.pk for form in self.forms if form.cleaned_data.get("DELETE")]
        if deleted and not self.instance.memberships.exclude(pk__in=deleted).exists():
            raise ValidationError(LAST_ROLE)


class MembershipInline(Scoped, admin.StackedInline):
    """The roles of a user."""

    model = Membership
    form = MembershipForm
    formset = RolesOfUser
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
class PersonAdmin(Explained, HistoryPages, UserAdmin):
    """A person who signs in.

    An AMMINISTRATORE changes (password included) only people who work in no other entity: else they could enter that
    one in somebody else's name.
    """

    actions = ("reset_second_factor",)
    add_form = NewPersonForm
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
        (None, {"fields": ("username", "first_name", "last_name", "email", "is_staff")}),
        ("Accesso", {"fields": ("usable_password", "password1", "password2")}),
    )
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Leave the people of the entities that the person manages."""
        return visible_users(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a superuser makes a superuser."""
        return () if is_superuser(request) else ("is_superuser",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the pages to whoever manages an entity."""
        return entities_managed_by(request.user).exists() or is_superuser(request)

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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Invite a new person who chooses the password, now that they have a role."""
        super().save_related(request, form, formsets, change)
        if not change and not form.instance.has_usable_password():
            invite(form.instance, by=person_of(request))

    def user_change_password(  # the address calls its part so
        self,
        request: HttpRequest,
        id: str,  # noqa: A002
        form_url: str = "",
    ) -> HttpResponse:
        """Change the password of a person, and tell them."""
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            tell_changed(request, User.objects.get(pk=unquote(id)), SET_BY_OTHERS)
        return response

    @admin.action(description="Azzera il secondo fattore (telefono perduto)", permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Delete the authenticators of the chosen people, those who may be changed."""
        allowed = changeable_users(request.user).filter(pk__in=people.values("pk"))
        holders = list(allowed.filter(authenticator__isnull=False).distinct())
        Authenticator.objects.filter(user__in=holders).delete()
        for person in holders:
            tell_changed(request, person, FACTOR_BY_OTHERS)
        self.message_user(request, f"Secondi fattori azzerati: {len(holders)}.")


@admin.register(Notice)
class NoticeAdmin(MasterDataAdmin):
    """The e-mails that the program wrote, and what became of each. Their text is for whom they were written to."""

    ordering = ("-pk",)

    list_display = ("subject", "to", "created_at", "standing", "attempts")
    search_fields = ("subject", "to__username", "to__last_name")
    list_select_related = ("to",)
    fields = ("subject", "to", "created_at", "standing", "claimed_at", "sent_at", "attempts", "problem")
    readonly_fields = fields

    @admin.display(description="come sta")
    def standing(self, notice: Notice) -> str:
        """Say whether it was sent, waits, or will not be sent any more."""
        return standing(notice)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: the deeds write them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: what was written to somebody stays as it is."""
        return False
