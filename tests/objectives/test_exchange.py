"""What goes in comes out: the exchange format loses nothing, whatever an act holds."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from deliberations.models import Deliberation
from objectives.choices import Family, Motive
from objectives.exchange import NotOnFileError, act_to_dict, fingerprint, plan_to_dict, same_act, to_json
from objectives.importing.exchange_format import problems
from objectives.importing.reading import read_document
from objectives.models import Plan, Sheet
from tests.acts import real_data
from tests.factories import CALUSO, load, make_entity, written_act, written_sheet

ROOT = Path(__file__).parents[2]
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((ROOT / "docs" / "exchange.schema.json").read_text(encoding="utf-8")),
    format_checker=jsonschema.FormatChecker(),
)


def test_the_real_act_comes_out_byte_for_byte(act100):
    assert to_json(act_to_dict(act100)) == (ROOT / "tests/data/gc-100-2022.json").read_text(encoding="utf-8")


def test_what_comes_out_fits_the_published_schema_and_reads_without_errors(act100):
    SCHEMA.validate(act_to_dict(act100))
    reading = read_document(to_json(act_to_dict(act100)).encode(), "atto.json")
    assert (reading.errors, reading.data) == ([], real_data())


def test_writing_an_act_costs_the_same_for_one_sheet_and_for_thirteen(act100, esempio, django_assert_num_queries):
    small = load({**written_act(8, "2022-02-07", written_sheet(1)), "entity": "Comune di Esempio"}, esempio).act
    for pk in (act100.pk, small.pk):
        act = Deliberation.objects.select_related("entity").get(pk=pk)
        with django_assert_num_queries(7):  # sheets, their three kinds of rows, the act's three kinds
            act_to_dict(act)


def test_an_act_of_which_only_the_number_is_known_has_no_text_to_write(act100):
    stub = Deliberation.objects.get(number=8)
    with pytest.raises(NotOnFileError) as refusal:
        act_to_dict(stub)
    assert str(refusal.value) == (
        "Il testo della GC 8/2022 non è in archivio: è nota solo perché un altro atto la cita."
    )


def test_a_plan_says_of_each_sheet_by_which_act_and_since_when_it_stands(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1), written_sheet(2)), caluso)
    load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO", title="Nuovo")), caluso)
    plan = Plan.objects.get()
    sheets = Sheet.objects.of(plan).in_force(caluso.deliberations.registered()).with_rows()
    data = plan_to_dict(plan, sheets, on="2022-12-31", after=None)
    assert (data["format"], data["as_of"]) == ("caluso-perf/plan", {"on": "2022-12-31", "after": None})
    assert data["plan"] == {"year": 2022, "triennium": [2022, 2024], "name": "Piano della Performance"}
    assert [
        (s["number"], s["title"], s["act"]["number"], s["in_force_from"], s["on_file"]) for s in data["sheets"]
    ] == [
        (1, "Nuovo", 30, "2022-05-03", True),
        (2, "Obiettivo 2", 8, "2022-02-07", True),
    ]
    assert [s["version"] for s in data["sheets"]] == [sheet.version_id for sheet in sheets]


def test_a_stub_in_a_plan_is_marked_and_empty(act100):
    plan = Plan.objects.get()
    before = Sheet.objects.of(plan).in_force(act100.entity.deliberations.up_to(Deliberation.objects.get(number=8)))
    stubs = [sheet for sheet in plan_to_dict(plan, before.with_rows())["sheets"] if not sheet["on_file"]]
    assert len(stubs) == 11
    assert {(s["weight"], s["title"], s["manager"], len(s["phases"])) for s in stubs} == {(None, "", "", 0)}


def test_a_fingerprint_names_one_content_of_one_act(act100):
    sheet = {"title": "Uno"}
    names = {
        fingerprint(sheet, act100),
        fingerprint({"title": "uno"}, act100),
        fingerprint(sheet, Deliberation.objects.get(number=8)),
        fingerprint(sheet, act100, on_file=False),
    }
    assert (len(names), fingerprint(dict(sheet), act100) in names) == (4, True)
    assert Sheet.objects.values("fingerprint").distinct().count() == Sheet.objects.count()


def test_the_same_act_is_recognised_and_another_is_not():
    assert same_act(real_data(), real_data())
    assert not same_act(real_data(), {**real_data(), "plan": {"year": 2023, "triennium": [2023, 2025]}})


def test_what_one_document_alone_says_of_the_votes_does_not_make_another_act():
    more, other = real_data(), real_data()
    more["act"] |= {"votes_for": 4, "immediate_reason": "Urgenza."}
    other["act"]["votes_for"] = 3
    assert same_act(real_data(), more)
    assert not same_act(more, other)


# ---- Any act ---------------------------------------------------------------------------------------------------------

letters = st.sampled_from("aZ09.,;:!?-/()%€°'’\"«»àèéìòùÀÈçñßœŽżλЖ中𝄞🏛")
words = st.text(letters, min_size=1, max_size=8)
line = st.lists(words | st.sampled_from(["ATTIVITA'", "perché", "€ 1.000,50", "72,19%"]), max_size=4).map(" ".join)
filled = line.filter(bool)
paragraphs = st.lists(filled, max_size=3).map("\n\n".join)
day = st.dates(min_value=dt.date(2022, 1, 1), max_value=dt.date(2022, 12, 31))
days = st.none() | day.map(str)
names = st.none() | filled
expected = line | st.sampled_from(["31/12/2022", "31-dic", "100%", "2 giornate", "nessuna", "trimestrale", "1"])


def some(**fields):
    return st.fixed_dictionaries(fields)


phase = some(
    text=line, months=st.lists(st.sampled_from(["2022-03", "2022-11", "2023-01", "2024-12"]), unique=True).map(sorted)
)
phases = st.dictionaries(st.integers(1, 8), phase, max_size=8).map(
    lambda found: [{"slot": slot, **found[slot]} for slot in sorted(found)]
)
indicator = some(family=st.sampled_from(Family.values), text=line, expected=expected, achieved=line, deviation=line)
person = some(
    category=line.map(lambda text: text[:30].strip()), name=filled, share=st.sampled_from(["", "50", "33,3%"])
)
review = some(**dict.fromkeys(("date", "value_average", "time_average", "causes", "effects", "taken", "to_take"), line))
optional = st.fixed_dictionaries(
    {},
    optional={
        "motive": st.sampled_from(Motive.values),
        "motive_text": filled,
        "reviews": review.map(lambda filled_in: [{"round": "FINALE", **filled_in}]),
    },
)
sheet = st.builds(
    lambda content, extra: {**content, **extra},
    some(
        sector=st.sampled_from(["FINANZIARIO", "SETTORE FINANZIARIO", "ATTIVITA' PRODUTTIVE", "Attività produttive"]),
        manager=st.sampled_from(["", "DR. DANILO BERTOLDI", "Danilo Bertoldi", "Arch. È D'Ò"]),
        kind=st.sampled_from(["STRATEGICO", "OPERATIVO"]),
        weight=st.integers(0, 100) | st.sampled_from([33.33, 0.5, 99.99]),
        change=st.sampled_from(["INSERITO", "MODIFICATO", "ELIMINATO"]),
        title=filled,
        description=paragraphs,
        dup_link=line,
        phases=phases,
        indicators=st.lists(indicator, max_size=4),
        staff=st.lists(person, max_size=3),
    ),
    optional,
)
facts = some(
    number=st.integers(9, 99_999),
    time=st.none() | st.sampled_from(["00:00", "18:00", "23:59"]),
    subject=filled,
    members=st.lists(some(name=filled, office=line, present=st.booleans()), max_size=4),
    secretary=names,
    proposer=names,
    opinions=st.lists(
        some(
            kind=st.sampled_from(["TECNICA", "CONTABILE"]),
            outcome=st.sampled_from(["FAVOREVOLE", "CONTRARIO", "NON_NECESSARIO"]),
            signer=names,
            date=days,
        ),
        unique_by=lambda opinion: opinion["kind"],
        max_size=2,
    ),
    vote=st.none() | st.sampled_from(["UNANIME", "4 favorevoli, 1 contrario"]),
    immediately_enforceable=st.booleans(),
    publication_days=st.none() | st.integers(1, 30),
    group_leaders_informed_on=days,
)
votes = st.fixed_dictionaries(
    {},
    optional={
        "immediate_reason": filled,
        **dict.fromkeys(("votes_for", "votes_against", "immediate_for", "immediate_abstained"), st.integers(0, 30)),
    },
)


@st.composite
def acts(draw):
    """Any act of the exchange format, in the order in which a program writes it."""
    sheets = draw(st.lists(sheet, min_size=1, max_size=6))
    for number, one in enumerate(sheets, 1):
        one["number"] = number
    dates = sorted(draw(st.lists(day, min_size=3, max_size=3)))
    known = draw(st.integers(0, 2))
    later = dict(zip(("publication_start", "enforceable_on"), map(str, dates[1 : 1 + known]), strict=False))
    cites = [(8, "2022-01-01"), *draw(st.sampled_from([[], [(1, "2021-12-31")]]))]
    said = {**draw(facts), **later, **draw(votes)}
    act = written_act(said.pop("number"), str(dates[0]), *sheets, cites=cites, **said)
    body = draw(st.sampled_from([{}, {"body": "Consiglio Provinciale"}]))
    act["act"]["cites"][-1] = {**body, **act["act"]["cites"][-1]}
    return act


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
FAST = [Phase.explicit, Phase.generate]  # a failure is shown as found: shrinking would take minutes


@settings(max_examples=12, deadline=None, phases=FAST, suppress_health_check=SLOW, derandomize=True)
@given(data=acts())
def test_importing_and_exporting_any_act_loses_nothing(db, data):
    assert problems(data) == []
    with transaction.atomic():
        act = load(data, make_entity(name=CALUSO)).act
        written = json.loads(to_json(act_to_dict(Deliberation.objects.get(pk=act.pk))))
        assert written == data
        SCHEMA.validate(written)
        assert load(written, act.entity).created is False
        transaction.set_rollback(True)
