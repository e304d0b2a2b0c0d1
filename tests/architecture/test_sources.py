"""Sources one can read: short modules, short functions, names that say what a module knows, nothing swallowed."""

import ast

from tests.architecture.sources import dotted, modules, named, tree

LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "misc",
    "manager",
    "base",
}
# Django looks for a database's connections in a module of this name.
NAMED_BY_DJANGO = {"operations.isolation.postgresql.base"}


def test_a_module_is_short():
    lengths = {dotted(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_MODULE} == {}


def test_a_function_is_short():
    long = [
        f"{named(path, node.lineno)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_a_module_is_named_by_what_it_knows():
    silent = {dotted(path) for path in modules() if path.stem in NAMES_THAT_SAY_NOTHING}
    assert silent == NAMED_BY_DJANGO


def test_no_error_is_swallowed():
    swallowed = [
        named(path, node.lineno)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(step, ast.Pass) for step in node.body))
    ]
    assert swallowed == []


def test_every_module_says_what_it_is_for():
    written = [path for path in modules() if tree(path).body]
    assert [dotted(path) for path in written if not ast.get_docstring(tree(path))] == []


def test_no_test_is_skipped_or_expected_to_fail():
    left_out = [
        named(path, node.lineno)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "importorskip"}
    ]
    assert left_out == []
