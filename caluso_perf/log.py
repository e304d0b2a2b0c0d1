"""Where the lines of the log go, in which form."""

from typing import Any


def console(form: str) -> dict[str, Any]:
    """Return the setting LOGGING: everything to the console, in the form «text» or «json»."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": "operations.log_lines.TextLines"},
            "json": {"()": "operations.log_lines.JsonLines"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # Django's own handlers write plain lines with the whole address; the console's are enough.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # A line for each request, for a program to read.
            "operations.requests": {"level": "INFO" if form == "json" else "WARNING"},
            # What is wrong with a signature is told to who brought it, in a sentence.
            "pyhanko": {"level": "CRITICAL"},
            "pyhanko_certvalidator": {"level": "CRITICAL"},
        },
    }
