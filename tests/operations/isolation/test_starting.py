"""The program starts with the second wall switched on: its connections are made before any model is there."""

import os
import subprocess
import sys


def test_the_program_starts_with_row_security(tmp_path):
    """No database is asked: only what is loaded, in a process of its own, as gunicorn and manage.py do."""
    asked = "import caluso_perf.wsgi; from django.db import connection; print(type(connection._connections['default']))"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "caluso_perf.settings", "ROW_SECURITY": "true", "DEMO": "1",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "DATA_DIR": str(tmp_path),
    }  # fmt: skip
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=False)
    assert told.stdout == "<class 'operations.isolation.postgresql.base.DatabaseWrapper'>\n", told.stderr
