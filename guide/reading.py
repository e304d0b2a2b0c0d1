"""Reads docs/guida/: its index, and its chapters as HTML with anchors, links and pictures of the program.

The texts are the project's own, and still no markup in them is passed on: what is not Markdown is shown as written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from struct import unpack

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER: Path = settings.BASE_DIR / "docs" / "guida"
INDEX = "README"
CHAPTER_FILE = re.compile(r"^([a-z0-9-]+)\.md(#[a-z0-9-]+)?$")
PICTURE_FILE = re.compile(r"^immagini/([a-z0-9-]+\.png)$")
WIDTH_IN_PNG = slice(16, 24)  # width and height stand in a PNG's first block, four bytes each


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter, and the anchor that leads to it."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """A chapter as a page: its title, its HTML without the title, what can be jumped to in it."""

    slug: str
    title: str
    html: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Part:
    """The chapters under one heading of the index: for whom they are, and each one's slug with its title."""

    title: str
    chapters: tuple[tuple[str, str], ...]


@cache
def slugs() -> frozenset[str]:
    """Return the chapters there are: the files of the folder, the index apart."""
    return frozenset(path.stem for path in FOLDER.glob("*.md")) - {INDEX}


@cache
def read(slug: str) -> Chapter:
    """Return a chapter, or the index (INDEX). Raises FileNotFoundError where there is none of that name."""
    tokens = _parser().parse((FOLDER / f"{slug}.md").read_text(encoding="utf-8"))
    titles = list(_headings(tokens, "h1"))
    headings = tuple(_headings(tokens, "h2"))
    for token in _all(tokens):
        _lead_into_the_program(token)
    parser = _parser()
    body = tokens[3:]  # the title's own three tokens: the page has it in its heading
    return Chapter(slug, titles[0].text, parser.renderer.render(body, parser.options, {}), headings)


@cache
def parts() -> tuple[Part, ...]:
    """Return what the index lists, in its order."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    tokens = _parser().parse((FOLDER / f"{INDEX}.md").read_text(encoding="utf-8"))
    for above, token in pairwise(tokens):
        if above.type == "heading_open" and above.tag == "h2":
            found.append((token.content, []))
        elif token.type == "inline" and found:
            found[-1][1].extend(_links(token))
    return tuple(Part(title, tuple(chapters)) for title, chapters in found)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _headings(tokens: list[Token], tag: str) -> Iterator[Heading]:
    """The headings of one level; each gets its anchor as it passes."""
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.tag == tag:
            anchor = slugify(inside.content)
            token.attrSet("id", anchor)
            yield Heading(anchor, inside.content)


def _links(token: Token) -> Iterator[tuple[str, str]]:
    """The chapters that a line of the index leads to."""
    children = token.children or []
    for link, words in pairwise(children):
        chapter = CHAPTER_FILE.match(str(link.attrs.get("href", "")))
        if link.type == "link_open" and chapter:
            yield chapter[1], words.content


def _lead_into_the_program(token: Token) -> None:
    """What leads to a file beside the text leads to a page, or to a picture, of the program."""
    if token.type == "link_open" and (chapter := CHAPTER_FILE.match(str(token.attrs["href"]))):
        token.attrSet("href", address(chapter[1]) + (chapter[2] or ""))
    elif token.type == "image" and (picture := PICTURE_FILE.match(str(token.attrs["src"]))):
        width, height = unpack(">II", (FOLDER / "immagini" / picture[1]).read_bytes()[WIDTH_IN_PNG])
        token.attrs |= {"src": static(f"guida/{picture[1]}"), "width": width, "height": height, "loading": "lazy"}


def address(slug: str) -> str:
    """Return the address of a chapter, or of the index."""
    return reverse("guide") if slug == INDEX else reverse("guide_chapter", args=[slug])
