"""What is wrong with a page for who does not see it, or has no mouse: told from its markup alone."""

import re
from collections import Counter
from itertools import pairwise

from lxml import html

LABELLED = "self::input[not(@type='hidden' or @type='submit')] or self::select or self::textarea"


def flaws(content: str) -> list[str]:
    """What is wrong with a page, in words; nothing, if it is as it should be."""
    page = html.fromstring(content)
    return [
        *_frame(page),
        *_headings(page),
        *[
            f"a table without a caption: {_start(one)}"
            for one in page.xpath("//table[not(caption[normalize-space()] or @aria-labelledby)]")
        ],
        *[f"a heading of a table without scope: {_start(one)}" for one in page.xpath("//th[not(@scope)]")],
        *[f"a field without a label: {_start(one)}" for one in page.xpath(f"//*[{LABELLED}]") if not _label(page, one)],
        *[f"a wrong field that does not say so: {_start(one)}" for one in page.xpath(_WRONG)],
        *_ids(page),
        *[f"not by the policy: {_start(one)}" for one in page.xpath("//*[@style] | //style | //script[not(@src)]")],
        *[f"not by the policy: {name}" for one in page.iter() for name in one.attrib if name.startswith("on")],
        *[f"a picture without words: {_start(one)}" for one in page.xpath("//img[not(@alt)]")],
        *[f"a link or button without a name: {_start(one)}" for one in page.xpath("//a | //button") if not _name(one)],
    ]


_NAMELESS = "//table[not(caption[normalize-space()] or @aria-labelledby)]"
_WRONG = "//*[contains(@class, 'has-error')]//*[self::input or self::select or self::textarea][not(@aria-invalid)]"


def title(content: str) -> str:
    """What a page is called."""
    return " ".join(html.fromstring(content).findtext(".//title").split())


def _frame(page: html.HtmlElement) -> list[str]:
    wanted = {"//h1": 1, "//main": 1, "//html[@lang='it']": 1, "//head/title[normalize-space()]": 1}
    counts = {path: len(page.xpath(path)) for path in wanted}
    return [f"{counts[path]} of {path}" for path in wanted if counts[path] != wanted[path]]


def _headings(page: html.HtmlElement) -> list[str]:
    levels = [int(one.tag[1]) for one in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    return [f"h{low} after h{high}" for high, low in pairwise(levels) if low > high + 1]


def _ids(page: html.HtmlElement) -> list[str]:
    ids = Counter(page.xpath("//@id"))
    named = [
        name for value in page.xpath("//@aria-describedby | //@aria-labelledby | //@for") for name in value.split()
    ]
    inside = [re.sub("^#", "", value) for value in page.xpath("//a/@href[starts-with(., '#')]")]
    return [
        *[f"an id {count} times: {name}" for name, count in ids.items() if count > 1],
        *[f"no such id: {name}" for name in sorted({*named, *inside} - {*ids}) if name],
    ]


def _label(page: html.HtmlElement, field: html.HtmlElement) -> bool:
    key = field.get("id")
    told = field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label")
    return bool(told or (key and page.xpath("//label[@for=$key][normalize-space()]", key=key)))


def _name(one: html.HtmlElement) -> bool:
    return bool("".join(one.itertext()).strip() or one.get("aria-label") or one.xpath(".//img[@alt!='']"))


def _start(one: html.HtmlElement) -> str:
    return html.tostring(one, encoding="unicode", with_tail=False)[:120]
