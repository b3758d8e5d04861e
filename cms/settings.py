"""Settings, read from the environment; with none set, an embedded installation in `var/`.

| Variable | Meaning | Without it |
|---|---|---|
| `DATABASE_URL` | the database, e.g. `postgres://user:pw@host/signoff` | SQLite in `VAR_DIR` |
| `SECRET_KEY` | key of sessions and tokens | made once and kept in `VAR_DIR` |
| `SIGNING_KEYS` | private JWK Set that seals provenance (`manage.py rotate_key`) | made once, as above |
| `SECRET_KEY_FALLBACKS` | former secret keys, by which API keys and sessions still hold | none |
| `VAR_DIR` | where the embedded database and key are kept | `var/` |
| `DEBUG` | `1` for tracebacks in the browser | off |
| `ALLOWED_HOSTS` | host names served, comma-separated | this machine only |
| `CSRF_TRUSTED_ORIGINS` | origins of the admin behind a proxy | none |
| `HTTPS` | `1` behind TLS: secure cookies, HSTS, redirects | off |
| `PREVIEW_ORIGINS` | origins whose pages may read the JSON of a preview link | none |
| `API_MAX_AGE` | longest time in seconds that a reply may be cached | 300 |
| `API_STALE_IF_ERROR` | the last seconds of it, in which only a failing server's copy is used | 60 |
| `API_OPEN` | `0`: only licensees read, each with its key | open to everybody |
| `API_RATE_ADDRESS` | requests per seconds of an address without a key; empty: any number | `600/60` |
| `API_RATE_KEY` | the same of a key | `6000/60` |
| `API_RATE_UNKNOWN_KEY` | the same of an address with keys that open nothing | `30/60` |
| `API_PROXIES` | how many proxies in front add to `X-Forwarded-For` | 0 |
| `API_USAGE_INTERVAL` | seconds after which counted usage is written | 30 |
| `CACHE_URL` | a cache that processes share, for one count of requests | each process its own |
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from cms.secret import kept_once, secret_key
from topics.publishing.keys import new_key_set, parsed

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(VAR_DIR / "secret_key")
SIGNING_KEYS = env.str("SIGNING_KEYS", default="")
SIGNING_KEYS_FILE = VAR_DIR / "signing_keys.json"
if SIGNING_KEYS:
    parsed(SIGNING_KEYS)  # A set that can't sign is found now, not by the first reader.
else:
    kept_once(SIGNING_KEYS_FILE, new_key_set)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "topics.apps.TopicsConfig",
    "topics.apps.SignoffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_prose_editor",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
]

MIDDLEWARE = [
    "cms.cors.OpenToBrowsers",
    "cms.middleware.ContentDigestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.InterfaceLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.middleware.PersonalZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "libraries": {
                "cards": "topics.admin.lists.cards",
                "moments": "topics.admin.moments",
            },
        },
    }
]

# Database ---------------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'signoff.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Every transaction takes the write lock at once: two writers queue instead of failing late.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Recursive triggers: without them INSERT OR REPLACE deletes a row past the delete triggers.
        # Legacy ALTER TABLE: without it no migration can rebuild a table that a trigger asks about.
        # Mapped memory, as much as SQLite can: documents make rows as long as pages, and copying each
        # page costs most of a read.
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
            "PRAGMA legacy_alter_table=ON;PRAGMA mmap_size=2147418112;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # No query here is worth compiling: PostgreSQL would spend up to two seconds on it, then run 0.1.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "topics.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# Language and time: instants are UTC everywhere; pages of the admin say them in a person's zone too -

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Files ------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# Before `collectstatic` (the demo, the tests) files are served straight from the packages.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "admin").is_dir()
WHITENOISE_AUTOREFRESH = False

# Security ---------------------------------------------------------------------------------------

HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_FAILURE_VIEW = "cms.stale_form.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# A body of five million characters, percent-encoded, is read to be refused in a sentence with its text
# given back; beyond that `cms.oversize` answers.
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# API --------------------------------------------------------------------------------------------

PREVIEW_ORIGINS = env.list("PREVIEW_ORIGINS", default=[])
API_MAX_AGE = env.int("API_MAX_AGE", default=300)
API_STALE_IF_ERROR = env.int("API_STALE_IF_ERROR", default=60)
API_OPEN = env.bool("API_OPEN", default=True)


def rate(text):
    """`600/60` as (600, 60): so many requests in so many seconds. None for an empty text."""
    requests, _slash, seconds = text.partition("/")
    return (int(requests), int(seconds)) if text else None


API_RATES = {
    "address": rate(env.str("API_RATE_ADDRESS", default="600/60")),
    "key": rate(env.str("API_RATE_KEY", default="6000/60")),
    "unknown-key": rate(env.str("API_RATE_UNKNOWN_KEY", default="30/60")),
}
API_PROXIES = env.int("API_PROXIES", default=0)
API_USAGE_INTERVAL = env.float("API_USAGE_INTERVAL", default=30)
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if "locmem" in CACHES["default"]["BACKEND"]:
    # Room for a counter for each of many addresses; beyond it some are forgotten.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 100_000}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    # `?format=` is read by the API's own views, as every parameter is.
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "topics.api.problems.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Signoff",
    "DESCRIPTION": "Medically reviewed health content: approved editions, and nothing else.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "topics.api.contract.complete",
    ],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "Authorization": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "`Api-Key` and the key.",
            },
            "X-Api-Key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
        }
    },
    "SECURITY": [{}, {"Authorization": []}, {"X-Api-Key": []}],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"discreet": {"()": "cms.discretion.WithoutPreviewTokens"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}
    },
    # While debugging Django hands these to a handler of its own as well, past our handler's filter.
    "loggers": {
        **{name: {"filters": ["discreet"]} for name in ("django.request", "django.security.csrf")},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
