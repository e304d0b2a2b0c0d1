"""The index of a package, for people and for sha256sum."""

from evaluations.packages.index import Line, listing, sums

SHA = "a" * 64


def test_the_index_for_people_names_each_file_with_its_hash_and_its_code():
    told = listing(
        ["Comune di Caluso", "Fascicolo"], [Line("a/b.pdf", "n° 1\n Titolo", SHA, "CODE"), Line("c", "C", SHA)]
    )
    assert told.decode().splitlines() == [
        *("Comune di Caluso", "Fascicolo", ""),
        *("  1. a/b.pdf", "    n° 1 Titolo", "    Codice di controllo CODE", f"    SHA-256 {SHA}", ""),
        *("  2. c", "    C", f"    SHA-256 {SHA}", ""),
        "Per controllare i file, nella cartella del fascicolo: sha256sum -c SHA256SUMS",
    ]


def test_the_index_for_the_command_is_in_order_whatever_the_order_of_the_files():
    assert sums([("b", "2" * 64), ("a", "1" * 64)]) == f"{'1' * 64}  a\n{'2' * 64}  b\n".encode()
    assert sums([("a", "1" * 64), ("b", "2" * 64)]) == sums([("b", "2" * 64), ("a", "1" * 64)])
