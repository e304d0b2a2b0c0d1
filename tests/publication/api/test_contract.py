"""The interface does what its OpenAPI document says, whatever it is asked (schemathesis)."""

import jsonschema
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from caluso_perf.wsgi import application
from publication.api.document import document
from publication.api.operations import OPERATIONS
from publication.api.schemas import SCHEMAS
from tests.this_year import YEAR, sheet_of

pytestmark = pytest.mark.django_db
a_few = settings(
    max_examples=4, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def described():
    """The document, read as a program reads it, before the program that it describes."""
    schema = schemathesis.openapi.from_dict(document("http://localhost"))
    schema.app = application
    return {found.ok().label: found.ok() for found in schema.get_all_operations()}


@pytest.fixture(autouse=True)
def _the_connection_of_the_test():
    """The program closes its connection with each request; what the test wrote can be read through this one alone."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_what_is_there_is_told_as_described(described, plan, one):
    known = {"ente": "caluso", "anno": YEAR, "codice": sheet_of(plan, 1).objective.code, "atto": f"gc-8-{YEAR}"}
    there = {name: str(known[name]) for name in one.in_path}

    @given(described[f"GET /{one.path}"].as_strategy(path_parameters=there))
    @a_few
    def ask(case):
        case.call_and_validate()

    ask()


@pytest.mark.parametrize("one", [one for one in OPERATIONS if one.in_path], ids=lambda one: one.name)
def test_what_no_address_holds_is_refused_as_described(described, plan, one):
    @given(described[f"GET /{one.path}"].as_strategy(GenerationMode.NEGATIVE))
    @a_few
    def ask(case):
        case.call_and_validate()

    ask()


def test_the_schemas_are_schemas():
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)
