"""A stored file is there whole or not at all, and takes no other one's name."""

import errno

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents.whole_files import WholeFileStorage
from tests.full_disk import no_room


def stored(name):
    """The bytes of a file."""
    with default_storage.open(name) as file:
        return file.read()


def test_a_file_for_which_there_is_no_room_leaves_nothing():
    with no_room(), pytest.raises(OSError, match="File too large") as refused:
        default_storage.save("ente/ab/file", ContentFile(b"x" * 5000))
    assert (refused.value.errno, default_storage.listdir("ente/ab")) == (errno.EFBIG, ([], []))
    assert default_storage.save("ente/ab/file", ContentFile(b"x" * 5000)) == "ente/ab/file"
    assert default_storage.size("ente/ab/file") == 5000


def test_two_files_of_one_name_are_both_kept():
    names = [default_storage.save("ente/file", ContentFile(content)) for content in (b"1", b"2")]
    assert names[0] == "ente/file" != names[1]
    assert sorted(default_storage.listdir("ente")[1]) == sorted(name.rpartition("/")[2] for name in names)
    assert [stored(name) for name in names] == [b"1", b"2"]


def test_what_another_took_the_name_of_in_between_gets_another(monkeypatch):
    monkeypatch.setattr(WholeFileStorage, "get_available_name", lambda _, name: f"{name}-2")
    default_storage._save("file", ContentFile(b"1"))
    assert default_storage._save("file", ContentFile(b"2")) == "file-2"
    assert stored("file") == b"1"
