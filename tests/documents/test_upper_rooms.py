"""Who says what a frozen file is."""

from documents import upper_rooms


def test_the_nucleos_packages_and_the_relazione_say_what_their_files_are():
    assert [one.__module__ for one in upper_rooms.describers] == [
        "evaluations.packages.describing",
        "evaluations.papers.report.describing",
    ]
