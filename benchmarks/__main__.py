"""python -m benchmarks [PART …]: measures, and prints the table. Works in a temporary folder and on loopback only."""

import importlib
import os
import sys
import tempfile
from pathlib import Path

PARTS = ("importing", "pages", "painting", "many_acts", "closing", "scores", "sixty", "downloads", "packages")
PARTS += ("load", "printing", "legal_time", "comparing")


def main(parts: list[str]) -> None:
    """Prepare a throwaway installation, measure the parts, print the table."""
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        os.environ |= {"DEMO": "1", "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'default.sqlite3'}")
        import django

        django.setup()
        from benchmarks import databases
        from benchmarks.measuring import table

        lines = []
        with databases.prepared():
            for part in parts or PARTS:
                print(f"… {part}", file=sys.stderr, flush=True)
                lines += importlib.import_module(f"benchmarks.{part}").measure()
            print(databases.description())
        print(table(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
