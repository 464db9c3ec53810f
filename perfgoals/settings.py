"""Settings: one file, every variable read from the environment and listed in ``.env.example``.

A bad value stops the start with a sentence that says how to mend it.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pghistory
import pgtrigger

from perfgoals.environment import flag, home_folder, number, seconds, secret_key, text, words
from perfgoals.postgres import database_settings, pooler_settings, replica_settings
from perfgoals.security import policy

BASE_DIR = Path(__file__).resolve().parent.parent

PERFGOALS_HOME = home_folder(default=BASE_DIR / "var")
"""Folder of everything that running PerfGoals writes: the embedded server's data, collected static files, the secret."""

DEMO = flag("PERFGOALS_DEMO")
"""Demo mode: sample data, and demo accounts may log in."""
DEBUG = flag("PERFGOALS_DEBUG")
SECRET_KEY = secret_key(PERFGOALS_HOME)
ALLOWED_HOSTS = words("PERFGOALS_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = words("PERFGOALS_CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = flag("PERFGOALS_HTTPS")
"""Served behind TLS: cookies are then sent over TLS only."""
PROXIES = number("PERFGOALS_PROXIES", default=0)
"""Proxies of one's own in front of the site: each adds the address that it saw to ``X-Forwarded-For``."""
PUBLIC = flag("PERFGOALS_PUBLIC")
"""Published data may be read through the API without an account (`projects.api.published`), as they now stand: with
what people changed since a source printed them."""
API_RATE = number("PERFGOALS_API_RATE", default=300)
"""Requests to the API in a minute by one token or person; 0 is no limit."""
PUBLIC_RATE = number("PERFGOALS_PUBLIC_RATE", default=30)
"""Requests to the API in a minute by one address without an account, or without a good token; 0 is no limit."""
PAGE_RATE = number("PERFGOALS_PAGE_RATE", default=600)
"""Requests of one person in a minute that one process of the site answers; 0 is no limit, here and below."""
EXPORT_RATE = number("PERFGOALS_EXPORT_RATE", default=100)
"""Files and prints of one person in ten minutes (`perfgoals.rates`)."""
UPLOAD_RATE = number("PERFGOALS_UPLOAD_RATE", default=500)
"""Files that one person sends in ten minutes."""
BULK_RATE = number("PERFGOALS_BULK_RATE", default=200)
"""Bulk changes of one person in ten minutes, previews included."""
SLOW_REQUEST_SECONDS = seconds("PERFGOALS_SLOW_REQUEST_SECONDS", default=1)
"""A request that takes so long is told in one line of the log; 0 tells of none."""
SLOW_STATEMENT_SECONDS = seconds("PERFGOALS_SLOW_STATEMENT_SECONDS", default=0.5)
"""The same for a statement."""
METRICS_TOKEN = text("PERFGOALS_METRICS_TOKEN")
"""Whoever carries it may read ``/metrics``."""
METRICS_LOCAL = flag("PERFGOALS_METRICS_LOCAL")
"""Programs of this machine may read ``/metrics``, unless they come through a proxy."""

INSTALLED_APPS = [
    "perfgoals",
    "projects",
    "indicators",
    "imports",
    "perfgoals.api",
    "perfgoals.logins",
    "procrastinate.contrib.django",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "axes",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outermost, so that it sees the whole request.
    "perfgoals.observing.requests.AccountMiddleware",
    # Around everything that answers, so that no answer goes without.
    "csp.middleware.CSPMiddleware",
    "perfgoals.security.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "perfgoals.compressing.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "perfgoals.security.sessions.SessionLimitsMiddleware",
    # Every view is closed unless it says otherwise (login_not_required).
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    # As soon as it is known who asks.
    "perfgoals.rates.middleware.RatesMiddleware",
    "perfgoals.passwords.MustChangePasswordMiddleware",
    "perfgoals.logins.demanding.MustSetUpFactorMiddleware",
    "perfgoals.history.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "perfgoals.display.DisplayMiddleware",
    "axes.middleware.AxesMiddleware",
    # Innermost, so that it knows who asked.
    "perfgoals.replicas.middleware.SeenMiddleware",
]

ROOT_URLCONF = "perfgoals.urls"
WSGI_APPLICATION = "perfgoals.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "perfgoals.display.context",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["perfgoals.templatetags.figures"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": database_settings(PERFGOALS_HOME, text("DATABASE_URL"))}
# A thread keeps its connection between requests; a health check (set with the database) drops a dead one.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASE_POOLER = pooler_settings(text("DATABASE_POOLER_URL"), direct=text("DATABASE_URL"))
"""What web processes have in place of ``DATABASES["default"]`` (`perfgoals.postgres.pooling`); empty without a pooler."""
if replica_url := text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = replica_settings(replica_url) | {"CONN_MAX_AGE": 60}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "perfgoals.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "perfgoals.authentication.PerfGoalsBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "perfgoals.passwords.NotLikeNames"},
    {"NAME": "perfgoals.passwords.LongEnough"},
    {"NAME": "perfgoals.passwords.NotInLists"},
    {"NAME": "perfgoals.passwords.NotShortDigits"},
    {"NAME": "projects.accounts.office_words.NotOfTheOffice"},
]
SECOND_FACTOR_FOR = words("PERFGOALS_SECOND_FACTOR", default=[])
"""Roles that must have a second factor; 全部 is everybody (`perfgoals.logins.demanding`)."""
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "project-list"
LOGOUT_REDIRECT_URL = "login"

# Throttled log-ins (perfgoals/throttling.py): ten wrong passwords for one username from one address, then a pause.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
# The pause is as long as the page says, whatever is tried meanwhile.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "perfgoals.throttling.client_address"
AXES_LOCKOUT_CALLABLE = "perfgoals.throttling.refuse"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False

# History (ADR 9): one event table a model, one trigger a statement, rows that nobody changes or deletes.
PGHISTORY_BASE_MODEL = "perfgoals.history.Event"
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)
# Histories are read by project; each event table has its own index for that, and none else.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="+", related_query_name="+", db_index=False)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=False)

# The API: how it is asked and what it answers is said by perfgoals/api/views.py.
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_PREFIX": "pgt_"}
KNOX_TOKEN_MODEL = "api.ApiToken"  # noqa: S105  # a model's name
MIGRATION_MODULES = {"knox": None}  # its own table of tokens is not used
SPECTACULAR_SETTINGS = {
    "TITLE": "绩效目标库接口",
    "VERSION": "1",
    "DESCRIPTION": (
        "只读接口。金额是以元为单位的十进制文本，空白格为 null；印刷的文字放在旁边。"
        "列表一页一页地取：next 是下一页的地址，最后一页为 null。"
        "加 format=csv 得到表格。参数写错、写空或多写都会返回 400，不会返回未经筛选的数据。"
    ),
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATION_PARAMETERS": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["perfgoals.api.schema.with_details"],
}

# Long work (perfgoals/jobs): every app's tasks.py, and the queue's own upkeep.
PROCRASTINATE_IMPORT_PATHS = ["perfgoals.jobs.workers"]

# The editing page sends a form of up to 500 rows at once, each of 13 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_HANDLERS = [
    "perfgoals.uploads.SizeLimit",  # first: what is too large is not stored for a moment
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SESSION_ENGINE = "perfgoals.security.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, whatever is done in it
IDLE_MINUTES = number("PERFGOALS_IDLE_MINUTES", default=120)
"""Who does nothing for so long must log in again; 0 is no limit but the day's."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
COOKIE_PREFIX = "__Host-" if HTTPS else ""
"""Browsers take a cookie of such a name from this very host only, over TLS."""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_FAILURE_VIEW = "perfgoals.security.forged.refuse"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and not flag("PERFGOALS_HSTS_HOST_ONLY")
# Browsers' lists of hosts that are never asked without TLS are for the owner of the domain to enter.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [
    # Asked from inside, past the proxy that speaks TLS.
    "^healthz$", "^readyz$", "^metrics$",
    # Refused instead: a program that is led on would send its token in the open again, and nobody would notice.
    "^api/(?!docs/)",
]  # fmt: skip
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy.DIRECTIVES}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# Collected, named by content and compressed for ./run serve; straight from where they lie everywhere else.
COLLECTED_STATIC = flag("PERFGOALS_COLLECTED_STATIC")
STATIC_URL = "static/"
STATIC_ROOT = PERFGOALS_HOME / "static" if COLLECTED_STATIC else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "perfgoals.plotly_script.PlotlyScriptFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC

MESSAGE_STORAGE = "perfgoals.security.cookies.MessageCookie"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "perfgoals.observing.lines.JsonLines"},
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "lines": {"class": "logging.StreamHandler", "formatter": "json"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Every mistyped password would be a line; failures are in the database and pauses on the page of users.
    "loggers": {
        "axes": {"level": "ERROR"},
        "perfgoals.slow": {"handlers": ["lines"], "propagate": False},
        "perfgoals.refusals": {"handlers": ["lines"], "propagate": False},
        # What Django would say of refused requests is in these lines, with the person and the reason. Its faults stay.
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
    },
}
