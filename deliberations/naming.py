"""How an act and its body are called in full, with the article of the body that adopted it."""

from deliberations.models import Deliberation

ARTICLES = {"giunta": "della", "commissione": "della", "consiglio": "del", "commissario": "del"}


def full_name(act: Deliberation) -> str:
    """Return "Deliberazione della Giunta Comunale n. 100 del 18/10/2022"; without a known day, "n. 8/2022".

    A body whose article is not known follows: "Deliberazione n. 5/2022 – Assemblea dei Sindaci".
    """
    number = f"n. {act.number} del {act.session_on:%d/%m/%Y}" if act.session_on else f"n. {act.number}/{act.year}"
    return by_body("Deliberazione", act.body, number)


def by_body(paper: str, body: str, number: str = "") -> str:
    """Return whose a paper is: "Proposta di deliberazione della Giunta Comunale", with its number if it has one."""
    article = ARTICLES.get(body.split(" ", maxsplit=1)[0].lower())
    parts = (paper, article, body, number) if article else (paper, number, "–", body)
    return " ".join(part for part in parts if part)
