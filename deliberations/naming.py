"""How an act is called in full, with the article of the body that adopted it."""

from deliberations.models import Deliberation

ARTICLES = {"giunta": "della", "commissione": "della", "consiglio": "del", "commissario": "del"}


def full_name(act: Deliberation) -> str:
    """Return "Deliberazione della Giunta Comunale n. 100 del 18/10/2022"; without a known day, "n. 8/2022".

    A body whose article is not known follows: "Deliberazione n. 5/2022 – Assemblea dei Sindaci".
    """
    number = f"n. {act.number} del {act.session_on:%d/%m/%Y}" if act.session_on else f"n. {act.number}/{act.year}"
    article = ARTICLES.get(act.body.split(" ")[0].lower())
    return f"Deliberazione {article} {act.body} {number}" if article else f"Deliberazione {number} – {act.body}"
