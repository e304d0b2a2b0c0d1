#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caluso_perf.settings")
    from django.core.management import execute_from_command_line

    from organisation.sight import EVERYTHING, seeing

    with seeing(EVERYTHING):  # who gives commands has the machine; a request, under runserver too, says what it sees
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
