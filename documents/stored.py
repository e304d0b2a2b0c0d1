"""What is in the store of files, whatever keeps it: a disk has folders, an object storage has only names."""

from collections.abc import Iterator

from django.core.files.storage import default_storage


class StoreAwayError(OSError):
    """An object storage does not answer, or refuses; with ENOSPC as `errno` where it has no room left."""


def stored_names(folder: str = "") -> Iterator[str]:
    """Give the names of all files in a folder and in those within it; none, if it never was."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(names))
    for inner in sorted(folders):
        yield from stored_names(f"{prefix}{inner}")
