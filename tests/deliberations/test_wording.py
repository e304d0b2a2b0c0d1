"""The words of proposals: an entity's own or the program's, with placeholders that only ever stand for texts."""

import pytest

from deliberations.choices import ActTextKind
from deliberations.models import ActText
from deliberations.wording import OWN, PLACEHOLDERS, WordingError, Words, fill, problems, texts_for

FACTS = {name: f"<{name}>" for name in PLACEHOLDERS}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Modifica del {piano} {anno}.", "Modifica del <piano> <anno>."),
        ("Senza segnaposto, con 100% e §.", "Senza segnaposto, con 100% e §."),
        ("Uno.\r\n\r\nDue.\r\n\r\n\r\nTre.", "Uno.\n\nDue.\n\nTre."),
        ("  Uno.\n   \nDue.  ", "Uno.\n\nDue."),
        ("", ""),
    ],
)
def test_placeholders_are_replaced_and_paragraphs_kept(text, printed):
    assert fill(text, FACTS) == printed


def test_what_replaces_a_placeholder_is_not_looked_at_again():
    assert fill("{elenco_variazioni}", FACTS | {"elenco_variazioni": "Piano {anno} {sconosciuto}"}) == (
        "Piano {anno} {sconosciuto}"
    )


def test_a_paragraph_of_a_placeholder_that_stands_for_nothing_is_left_out():
    facts = FACTS | {"atti_citati": ""}
    assert fill("Prima.\n\n{atti_citati}\n\nDopo, {atti_citati}fine.", facts) == "Prima.\n\nDopo, fine."


@pytest.mark.parametrize(
    "text",
    ["{ente.__class__}", "{0}", "{}", "{anno!r}", "{anno:>9}", "{ANNO}", "{ anno }", "{__import__}", "{anno[0]}"],
)
def test_nothing_but_a_known_name_is_a_placeholder(text):
    assert problems(text) == [
        f"Il segnaposto {text} non esiste: usare uno di quelli elencati, scritto nello stesso modo."
    ]
    with pytest.raises(WordingError, match="non esiste"):
        fill(text, FACTS)


@pytest.mark.parametrize("text", ["{anno", "anno}", "{{anno}}", "{an\nno}"])
def test_a_brace_too_many_is_said(text):
    assert problems(text) == [
        "C'è una parentesi graffa aperta e non chiusa, o il contrario: un segnaposto è come {anno}."
    ]


@pytest.mark.parametrize("kind", ActTextKind.values)
def test_the_programs_own_words_can_be_filled_in(kind, caluso):
    words = texts_for(kind, caluso, FACTS)
    assert [problems(text) for text in OWN[ActTextKind(kind)]] == [[], [], []]
    assert all(words)
    assert "{" not in "".join(words)


def test_an_entity_may_have_words_of_its_own_for_one_kind(caluso, esempio):
    ActText(
        entity=caluso, kind=ActTextKind.MODIFICA, subject="Variazione {anno}", premises="Visto.", dispositions="1) sì"
    ).save()
    assert texts_for(ActTextKind.MODIFICA, caluso, FACTS) == Words("Variazione <anno>", "Visto.", "1) sì")
    assert texts_for(ActTextKind.MODIFICA, esempio, FACTS).subject == "Modifica del <piano> <anno>."
    assert texts_for(ActTextKind.APPROVAZIONE, caluso, FACTS).subject == (
        "Approvazione del <piano> <anno>, triennio <triennio>."
    )
