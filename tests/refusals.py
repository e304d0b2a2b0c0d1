"""Acts that the archive refuses, and how many rows it holds before and after."""

import pytest
from django.apps import apps

from objectives.load_outcome import LoadRefused
from tests.factories import load

OURS = ("organisation", "deliberations", "objectives", "documents")


def rows_on_record():
    """How many rows each of our tables holds, history included."""
    return {
        model._meta.label: model._base_manager.count()
        for label in OURS
        for model in apps.get_app_config(label).get_models()
    }


def refused(data, entity):
    """The problems for which an act is refused; the database is as before."""
    before = rows_on_record()
    with pytest.raises(LoadRefused) as refusal:
        load(data, entity)
    assert rows_on_record() == before
    assert {finding.severity for finding in refusal.value.findings} == {"E"}
    return [(finding.code, finding.message) for finding in refusal.value.findings]
