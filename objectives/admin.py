"""The settings of a plan. Sheets and acts are not here: what an act adopted is changed by another act only."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from objectives.models import Plan
from objectives.rule_settings import SETTINGS
from organisation.scoped_pages import MasterDataAdmin


@admin.register(Plan)
class PlanAdmin(MasterDataAdmin):
    """How a plan is called. A plan is born with the import of an act; its rules are the Segretario's to change."""

    list_display = ("year", "name", "entity", "weight_total", "cut_off")
    list_filter = ("year",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep what identifies the plan, and its rules."""
        return ("entity", "year", *SETTINGS)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: the import makes plans."""
        return False
