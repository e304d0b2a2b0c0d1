"""What tests start from, put back, is what loading it leaves on record."""

import json

from django.apps import apps
from django.db import transaction
from django.db.models import DateTimeField, UUIDField
from django.utils import timezone

from deliberations.models import Deliberation
from objectives.loading import load_act
from organisation.ledger import HistoryEntry, HistoryForm
from tests.conftest import REAL_ACT
from tests.factories import make_entity
from tests.remembered import load_first


def on_record():
    """Every row but the ledger's: keys as their rank, identities by when they first appear, moments by being there."""
    models = [model for model in apps.get_models() if model not in (HistoryEntry, HistoryForm)]
    ranks = {model: {key: n for n, key in enumerate(sorted(model._base_manager.values_list("pk", flat=True)))}
             for model in models}  # fmt: skip
    seen = {}

    def told(row, field):
        value = getattr(row, field.attname)
        of = getattr(row, "instance_type", None) if field.name == "id" else field.related_model
        if field.primary_key or of:
            return ranks[of or type(row)].get(value)
        if isinstance(field, UUIDField):
            return seen.setdefault(value, len(seen))
        return value is not None if isinstance(field, DateTimeField) else value

    return {
        model.__name__: [
            {field.name: told(row, field) for field in model._meta.concrete_fields}
            for row in model._base_manager.order_by("pk")
        ]
        for model in models
    }


def after(load):
    """All that is on record after an act was loaded for an entity made before; then nothing is."""
    with transaction.atomic():
        entity, others = make_entity(), make_entity("esempio")
        began = timezone.now()
        assert load(json.loads(REAL_ACT.read_text(encoding="utf-8")), entity).act.entity is entity
        assert began < Deliberation.objects.get(number=100).registered_at < timezone.now()
        assert not others.deliberations.exists()
        found = on_record()
        transaction.set_rollback(True)
    return found


def test_what_is_put_back_is_what_was_loaded(db):
    loaded = after(lambda data, entity: load_act(data, entity=entity, by=None))
    assert after(load_first) == loaded  # remembered here, unless another test has done so
    assert after(load_first) == loaded  # put back
