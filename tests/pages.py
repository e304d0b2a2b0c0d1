"""Reads pages as people do: their texts, in order, without the blanks of the markup."""

from lxml import html


def texts(response, xpath: str) -> list[str]:
    """The texts of the elements that `xpath` names, white space collapsed."""
    found = html.fromstring(response.content.decode()).xpath(xpath)
    return [" ".join(one.text_content().split()) if hasattr(one, "text_content") else str(one) for one in found]


def text(response, xpath: str) -> str:
    """The text of the one element that `xpath` names."""
    (one,) = texts(response, xpath)
    return one


def with_class(name: str, element: str = "*") -> str:
    """The XPath of the elements that have the class `name`."""
    return f"//{element}[contains(concat(' ', @class, ' '), ' {name} ')]"
