"""The one settings file. Everything that differs between machines comes from the environment (or .env).

Fails with an instruction, never with a traceback of its own making, when a production setting is missing.
"""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from caluso_perf.identity_providers import checked, pages_of
from caluso_perf.log import console
from caluso_perf.object_storage import documents_store

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)

# --- Secrets and hosts ----------------------------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or DEMO or TESTING):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Copy .env.example to .env and put a long random text there: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. For a trial set DEMO=1."
        )
    SECRET_KEY = "only-for-demo-development-and-tests-never-for-a-real-town-hall"  # noqa: S105 - public on purpose
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Applications, in the order of the rooms ------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "simple_history",
    "operations",  # the last room; before the queue, whose worker it has leave signs of life
    "django_tasks",
    "django_tasks_db",
    "bootstrap_italia_template",
    "organisation",
    "documents",
    "deliberations",
    "objectives",
    "evaluations",
    "publication",
    "guide",
]
MIDDLEWARE = [
    "operations.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "organisation.headers.HeadersMiddleware",
    "organisation.bodies.BodySizeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.signing_in.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "caluso_perf.urls"
WSGI_APPLICATION = "caluso_perf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisation.context.appearance",
                "guide.context.help_of_page",
            ],
            "builtins": ["deliberations.templatetags.days"],
        },
    },
]

# --- Database: an embedded SQLite, or PostgreSQL through DATABASE_URL -----------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'caluso_perf.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # A trigger of the guards must also see the row that a REPLACE takes away.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON;",
    }
DATABASES["default"] |= {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}
# PostgreSQL itself keeps the rows of each entity apart, once `manage.py row_security on` was given (ADR 0037).
ROW_SECURITY = env.bool("ROW_SECURITY", default=False)
if ROW_SECURITY and DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "operations.isolation.postgresql"
    MIDDLEWARE.insert(0, "operations.isolation.middleware.SightMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The lockout counters live in the database so that every worker process sees the same ones.
# Room for many names: while strangers try them, the counters of the real ones must not be thrown out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # How often people and addresses have asked: each process counts for itself (organisation.rates).
    "rates": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rates",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
# Questions a minute, of each person or (on public pages) of each address, which may be a whole office; 0 for no limit.
RATES_PER_MINUTE = {
    "search": env.int("RATE_SEARCH", default=60),
    "jump": env.int("RATE_JUMP", default=300),  # it asks while somebody types
    "import": env.int("RATE_IMPORT", default=20),
    "comment": env.int("RATE_COMMENT", default=20),  # sent, with the files of a draft: each may become e-mails
    "check": env.int("RATE_CHECK", default=60),
    "api": env.int("RATE_API", default=600),
    "public_pdf": env.int("RATE_PUBLIC_PDF", default=60),
    "provider": env.int("RATE_PROVIDER", default=60),  # each question makes us ask the provider
}

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "it"
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True

# --- People and sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_FORMS = {"login": "organisation.forms.SignInForm"}
ACCOUNT_ADAPTER = "organisation.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# The lockout: after five wrong passwords for one name the sign-in refuses for five minutes, whoever asks.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a whole office may be one address
PASSKEY_FORMS = ("add", "edit", "authenticate", "reauthenticate", "login")
MFA_FORMS = {f"{form}_webauthn": f"organisation.passkeys.{form.capitalize()}Passkey" for form in PASSKEY_FORMS}
# E-mail addresses are written by the Amministratore: no message has to confirm them first.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Caluso Perf"
# Identity providers (OpenID Connect) through which the people of an entity may sign in too, by its short name.
OIDC_PROVIDERS = checked(env.json("OIDC_PROVIDERS", default={}), https=not (DEBUG or DEMO or TESTING))
SOCIALACCOUNT_ADAPTER = "organisation.identity_provider.ProviderAdapter"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "organisation.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- History: the management pages show it, nothing writes it back ---------------------------------------------------
SIMPLE_HISTORY_REVERT_DISABLED = True

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", ("guida", BASE_DIR / "docs" / "guida" / "immagini")]
STORAGES = {
    "default": documents_store(
        DATA_DIR / "documents",
        bucket=env.str("S3_BUCKET", default=""),
        endpoint_url=env.str("S3_ENDPOINT_URL", default=""),
        region=env.str("S3_REGION", default=""),
        prefix=env.str("S3_PREFIX", default=""),
        keys=(env.str("AWS_ACCESS_KEY_ID", default=""), env.str("AWS_SECRET_ACCESS_KEY", default="")),
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Behind nginx: where its internal location of documents begins; unset, the program sends them itself (ADR 0038).
X_ACCEL_PREFIX = env.str("X_ACCEL_PREFIX", default="")
WHITENOISE_USE_FINDERS = DEBUG or DEMO or TESTING

# --- Work outside a request -----------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A worker that leaves no sign of life for so long counts as killed: another one does its task.
WORKER_SILENCE_SECONDS = env.int("WORKER_SILENCE_SECONDS", default=60)

# --- Import limits --------------------------------------------------------------------------------------------------
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=20 * 1024 * 1024)
IMPORT_MAX_LINE_CHARS = env.int("IMPORT_MAX_LINE_CHARS", default=100_000)
IMPORT_MAX_SHEETS = env.int("IMPORT_MAX_SHEETS", default=300)
IMPORT_MAX_SECONDS = env.int("IMPORT_MAX_SECONDS", default=25)  # less than a web server waits: gunicorn 30
IMPORT_MAX_MEMORY = env.int("IMPORT_MAX_MEMORY", default=500_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the results of a settore are one form: some 50 fields for each sheet
# More sheets than this are put together outside the request, with visible progress.
PDF_IN_REQUEST_SHEETS = 20
DOSSIER_IN_REQUEST_SHEETS = 5  # a dossier prints each sheet with its changes, besides text and tables
# The background worker and the commands share the printing out among so many processes.
PDF_PROCESSES = 1 if TESTING else env.int("PDF_PROCESSES", default=os.cpu_count() or 1)
# The largest request, in bytes: with more it is refused before any of it is kept (several files may come in one).
REQUEST_MAX_BYTES = env.int("REQUEST_MAX_BYTES", default=105 * 1024 * 1024)
# Files that prove a result, or come back signed.
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=20 * 1024 * 1024)
# A file that anybody checks on the public page without JavaScript; it is only hashed while it arrives.
CHECK_MAX_BYTES = env.int("CHECK_MAX_BYTES", default=100 * 1024 * 1024)
# Authorities to whose certificates signatures are traced: a folder of .pem, .crt or .cer; none, if unset.
SIGNATURE_ROOTS_DIR = env.str("SIGNATURE_ROOTS_DIR", default="")
# The entities' seals, <entity's short name>.p12, and the password of each by that name, as JSON.
SEALS_DIR = env.str("SEALS_DIR", default="")
SEAL_PASSWORDS = env.json("SEAL_PASSWORDS", default={})
# A job that has run longer than this was stopped with its worker: it can be asked for again.
PDF_LONGEST_SECONDS = 600

# --- Security: everything private, nothing inline, nothing from elsewhere -------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],  # Bootstrap Italia's style sheet holds one
        "connect-src": [SELF],
        # The button of a provider is a form, and browsers hold the redirect that follows to this list.
        "form-action": [SELF, *pages_of(OIDC_PROVIDERS)],  # also for where the answer to a form leads
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO or TESTING))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # no other name of the same domain can set these for us
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^salute/"]  # asked from the machine itself, without the proxy
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the address that the proxy saw, or all people would count as one
# After so many minutes without use, or hours in all, one signs in again.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_LONGEST_HOURS = env.int("SESSION_LONGEST_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_LONGEST_HOURS * 3600
# How long people find their sign-ins, wrong passwords included, on their page.
SIGN_INS_KEPT_DAYS = env.int("SIGN_INS_KEPT_DAYS", default=183)

# --- Mail -----------------------------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Caluso Perf <noreply@localhost>")
EMAIL_TIMEOUT = 20  # seconds: a mail server that says nothing keeps no worker waiting
# Where the links of an e-mail lead.
SITE_URL = env.str("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "http://127.0.0.1:8000")

# --- Being watched --------------------------------------------------------------------------------------------------
# Who asks for the metrics has this token; without it nobody has them.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
LOG_FORMAT = env.str("LOG_FORMAT", default="text")
if LOG_FORMAT not in {"text", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is «{LOG_FORMAT}»: it can be text or json.")
LOGGING = console(LOG_FORMAT)
