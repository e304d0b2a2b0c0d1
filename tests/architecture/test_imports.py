"""The house is built from the ground up: a file imports only from the rooms below it."""

from tests.architecture.sources import ROOMS, dotted, imports, named, room_modules

# From the ground up. Modules on one floor may import each other. A room without floors of its own is one floor.
FLOORS = [
    {"organisation"},
    {"documents"},
    {"deliberations"},
    {"objectives", "objectives.choices", "objectives.italian_dates", "objectives.upper_rooms"},
    {"objectives.models", "objectives.guards"},
    {"objectives.targets", "objectives.weights", "objectives.moments", "objectives.snapshots"},
    {"objectives.changes", "objectives.rules"},
    {"objectives.overview", "objectives.month_chart", "objectives.path_steps", "objectives.corrections"},
    {"objectives.copies", "objectives.withdrawn"},
    {"objectives.act_content", "objectives.versions", "objectives.sheet_form", "objectives.searching"},
    {"objectives.act_words"},
    {"objectives.permissions", "objectives.precedence", "objectives.draft_content", "objectives.registration"},
    {"objectives.importing"},
    {"objectives.exchange", "objectives.sheet_rows", "objectives.row_copies"},
    {"objectives.taking_over"},
    {"objectives.gathered"},
    {"objectives.act_facts"},
    {"objectives.change_sets", "objectives.notifying", "objectives.rule_settings"},
    {"objectives.workflow"},
    {"objectives.saved_searches"},
    {"objectives.jumping"},
    {"objectives.selecting", "objectives.sheets_xlsx", "objectives.plan_tables", "objectives.registers"},
    {"objectives.comparing", "objectives.inbox", "objectives.proposing", "objectives.timeline", "objectives.audit"},
    {"objectives.front_page", "objectives.first_steps", "objectives.next_year"},
    {"objectives.proposal_content", "objectives.opinion_changes"},
    {"objectives.load_outcome", "objectives.earlier_texts"},
    {"objectives.act_again", "objectives.entering"},
    {"objectives.filling"},
    {"objectives.loading"},
    {"objectives.pending", "objectives.import_preview"},
    {"objectives.pdf", "objectives.pdf_book"},
    {"objectives.printing", "objectives.pdf_changes", "objectives.papers", "objectives.tasks"},
    {"objectives.forms"},
    {"objectives.sheet_files"},
    {"objectives.views", "objectives.templatetags"},
    {"objectives.urls", "objectives.admin", "objectives.management", "objectives.apps"},
    {"evaluations", "evaluations.choices"},
    {"evaluations.models", "evaluations.guards"},
    {"evaluations.scoring", "evaluations.charts"},
    {"evaluations.measures", "evaluations.outcomes"},
    {"evaluations.entered", "evaluations.measuring", "evaluations.score_rules"},
    {"evaluations.permissions"},
    {"evaluations.rounds"},
    {"evaluations.overview", "evaluations.plan_charts", "evaluations.settled", "evaluations.timetable"},
    {"evaluations.due"},
    {"evaluations.deadlines"},
    {"evaluations.feeds", "evaluations.calendar_feed", "evaluations.digests"},
    {"evaluations.papers.results_form"},
    {"evaluations.packages"},
    {"evaluations.papers.report"},
    {"evaluations.validating", "evaluations.reporting"},
    {"evaluations.docket", "evaluations.report_waiting", "evaluations.report_printing"},
    {"evaluations.desk"},
    {"evaluations.inbox", "evaluations.tasks", "evaluations.papers"},
    {"evaluations.front_page"},
    {"evaluations.forms"},
    {"evaluations.views", "evaluations.templatetags"},
    {"evaluations.urls", "evaluations.apps", "evaluations.management"},
    {"publication"},
    {"guide"},
    {"operations"},
    {"caluso_perf"},
]
FLOOR_OF = {name: height for height, floor in enumerate(FLOORS) for name in floor}

# These know the domain and nothing of the database: they can be read, tried and proved without it.
PURE = {
    "deliberations.calendar",
    "objectives.italian_dates",
    "objectives.targets",
    "objectives.changes",
    "objectives.rules",
    "objectives.snapshots",
    "objectives.weights",
    "objectives.month_chart",
    "objectives.importing",
    "evaluations.scoring",
    "evaluations.charts",
    "publication.retention",
}


def place(name: str, places) -> str | None:
    """The longest beginning of a dotted name that stands in `places`."""
    parts = name.split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((beginning for beginning in beginnings if beginning in places), None)


def first_party(path):
    """The imports of a source that stay in the house."""
    return ((name, line) for name, line in imports(path) if name.split(".")[0] in ROOMS)


def test_every_module_has_its_floor():
    homeless = [
        dotted(path)
        for path in room_modules()
        if place(dotted(path), FLOOR_OF) in {None, "objectives", "evaluations"}
        and dotted(path) not in {"objectives", "evaluations"}
    ]
    assert homeless == [], "say in FLOORS on which floor they stand"


def test_a_module_imports_only_from_its_floor_and_below():
    upward = [
        f"{named(path, line)} imports {name}"
        for path in room_modules()
        for name, line in first_party(path)
        if FLOOR_OF[place(name, FLOOR_OF)] > FLOOR_OF[place(dotted(path), FLOOR_OF)]
    ]
    assert upward == []


def test_nobody_imports_the_settings_room():
    importers = [
        named(path, line)
        for path in room_modules()
        for name, line in first_party(path)
        if name.split(".")[0] == "caluso_perf" and dotted(path).split(".")[0] != "caluso_perf"
    ]
    assert importers == []


def test_pure_modules_import_neither_django_nor_a_model():
    impure = [
        f"{named(path, line)} imports {name}"
        for path in room_modules()
        if place(dotted(path), PURE)
        for name, line in imports(path)
        if name.split(".")[0] == "django" or "models" in name.split(".")
    ]
    assert impure == []
