"""The guide: its words are those of the program, every link in it leads somewhere, every page has its chapter."""

import re
from functools import cache

import pytest
from django.conf import settings
from django.urls import get_resolver
from lxml import html

from guide.chapters import CHAPTER_OF
from guide.reading import FOLDER, INDEX, address, parts, read, slugs
from tests.pages import text, texts
from tests.who_may_what import TABLE

CHAPTERS = sorted(slugs() | {INDEX})
QUOTED = re.compile(r"«([^»]+)»")
LABEL = re.compile(r"""{%[^%]*\blabel="([^"]*)"[^%]*%}""")  # what a part of a page is given to say
TAG = re.compile(r"{%.*?%}|<[^>]*>", re.DOTALL)
SPOKEN_BY_DJANGO = {"Aggiungi", "Utenti"}  # words of Django's management pages, and of its user model


def source(slug):
    return (FOLDER / f"{slug}.md").read_text(encoding="utf-8")


@cache
def words_of_the_program():
    """All that templates, sources and scripts say, without their markup, in capitals as in small letters."""
    rooms = [path for path in settings.BASE_DIR.iterdir() if (path / "__init__.py").exists() and path.name != "tests"]
    files = [path for room in rooms for path in room.rglob("*.py") if "migrations" not in path.parts]
    files += (settings.BASE_DIR / "static" / "js").rglob("*.js")
    files += [path for path in (settings.BASE_DIR / "templates").rglob("*.html") if "guide" not in path.parts]
    whole = LABEL.sub(r" \1 ", " ".join(path.read_text(encoding="utf-8") for path in files))
    return " ".join(TAG.sub(" ", whole).split()).casefold()


def anchors(slug):
    """Where one can jump to in a chapter."""
    return {one.get("id") for one in html.fromstring(f"<div>{read(slug).html}</div>").xpath("//*[@id]")}


@pytest.mark.parametrize("slug", CHAPTERS)
def test_what_the_guide_names_the_program_says(slug):
    said = words_of_the_program()
    named = {" ".join(name.split()) for name in QUOTED.findall(source(slug))} - SPOKEN_BY_DJANGO
    assert {name for name in named if name.casefold() not in said} == set()


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_link_of_a_chapter_leads_to_a_chapter_and_a_heading_that_exist(slug):
    there = {address(one): anchors(one) | {""} for one in CHAPTERS}
    links = html.fromstring(f"<div>{read(slug).html}</div>").xpath("//a/@href")
    assert [link for link in links if link.partition("#")[2] not in there.get(link.partition("#")[0], ())] == []


def test_the_index_lists_every_chapter_once_by_its_title():
    listed = [chapter for part in parts() for chapter in part.chapters]
    assert sorted(listed) == sorted((slug, read(slug).title) for slug in slugs())


def test_a_page_is_sent_to_a_chapter_and_a_heading_that_exist():
    assert {chapter.partition("#")[0] for chapter in CHAPTER_OF.values()} - slugs() == set()
    wrong = [
        one for one in CHAPTER_OF.values() if "#" in one and one.partition("#")[2] not in anchors(one.split("#")[0])
    ]
    assert wrong == []


def test_every_page_of_an_entity_has_its_chapter():
    pages = {name for name, _, got, _ in TABLE if "200" in got}
    unexplained = {name for name in pages if name not in CHAPTER_OF and not name.endswith(NO_PAGES)}
    assert unexplained == set()
    named = {pattern.name for pattern in _patterns(get_resolver())}
    assert set(CHAPTER_OF) - named == set()


NO_PAGES = ("_file", "_template", "_xlsx", "_enclosure", "evidence", "jump")  # files, not pages


def _patterns(resolver):
    for one in resolver.url_patterns:
        yield from _patterns(one) if hasattr(one, "url_patterns") else (one,)


def test_no_markup_is_let_pass(tmp_path, monkeypatch):
    (tmp_path / "x.md").write_text(
        "# Titolo\n\n<b>grassetto</b> [via](javascript:alert(1)) & basta\n", encoding="utf-8"
    )
    monkeypatch.setattr("guide.reading.FOLDER", tmp_path)
    read.cache_clear()
    try:
        said = "<p>&lt;b&gt;grassetto&lt;/b&gt; [via](javascript:alert(1)) &amp; basta</p>\n"
        assert read("x").html == said
    finally:
        read.cache_clear()


@pytest.mark.django_db
def test_who_is_signed_in_reads_it(signed_in, lettura, client):
    reader = signed_in(lettura)
    page = reader.get("/guida/proporre-una-modifica/")
    assert text(page, "//h1") == "Proporre una modifica"
    assert texts(page, "//nav[@aria-labelledby='capitoli']//a[@aria-current]") == ["Proporre una modifica"]
    assert texts(reader.get("/guida/"), "//main//h2")[:3] == ["Per tutti", "Ufficio", "Responsabile di settore"]
    assert reader.get("/guida/che-non-esiste/").status_code == 404
    assert client.get("/guida/").status_code == 302


@pytest.mark.django_db
def test_a_page_leads_to_its_chapter(signed_in, segretario, act100):
    page = signed_in(segretario).get("/caluso/atti/gc-100-2022/")
    assert texts(page, "//a[text()='Aiuto']/@href") == ["/guida/leggere-il-piano/#gli-atti"]
    page = signed_in(segretario).get("/guida/cercare/")
    assert texts(page, "//a[text()='Aiuto']/@href") == ["/guida/"]
