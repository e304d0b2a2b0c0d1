"""Every model of ours keeps its history: who wrote what, when, why and for which act. Logs that age out are named."""

import pytest
from django.apps import apps
from simple_history.models import HistoricalChanges
from simple_history.utils import get_history_manager_for_model

from organisation.ledger import HistoryEntry, HistoryForm
from organisation.models import SignIn
from organisation.recording import HistoryRow
from tests.architecture.sources import ROOMS

OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]
# The ledger is what the history is held to: it has no history of its own, and nothing of it ever changes.
LEDGER = {HistoryEntry, HistoryForm}
# Sign-ins are forgotten after some months, and nobody corrects them.
AGE_OUT = {SignIn}
TRACKED = [
    model
    for model in OURS
    if model not in LEDGER | AGE_OUT
    and not issubclass(model, HistoricalChanges)
    and not hasattr(model, "m2m_history_id")
]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_a_model_keeps_its_history(model):
    rows = get_history_manager_for_model(model).model
    assert issubclass(rows, HistoryRow)
    assert {"history_user", "history_date", "history_change_reason", "history_act"} <= {
        field.name for field in rows._meta.get_fields()
    }
