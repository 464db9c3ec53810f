"""``DATABASE_URL`` → Django's database settings. libpq itself reads it: every form that it knows works."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

_WITHOUT = {
    "DATABASE_URL": "使用内置数据库",
    "DATABASE_REPLICA_URL": "不用只读副本",
    "DATABASE_POOLER_URL": "不用连接池",
}
"""What it means not to set a variable."""
EXAMPLE = "postgresql://用户名:密码@主机:5432/数据库名"


def settings_from_url(url: str, *, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Settings for ``postgresql://`` and ``postgres://`` URLs; what Django has no key for goes to
    ``OPTIONS``.

    Raises `ImproperlyConfigured` with how to mend it. The message never repeats the URL, which holds a
    password.
    """
    if not url.startswith(("postgres://", "postgresql://")):
        _refuse(variable, "不是 PostgreSQL 的地址")
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except ProgrammingError:
        _refuse(variable, "无法识别，密码中的特殊字符须写成 %40 这样的百分号编码")
    if not parts.get("dbname"):
        _refuse(variable, "没有写数据库名")
    port = parts.pop("port", "")
    if not all(_is_port(part) for part in port.split(",")):
        _refuse(variable, f"中的端口“{port}”无效")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": port,
        "OPTIONS": parts,
        "CONN_HEALTH_CHECKS": True,
    }


def _is_port(text: str) -> bool:
    """A port number, or nothing, which is the default port."""
    return text == "" or (text.isascii() and text.isdigit() and 0 < int(text) < 65_536)


def _refuse(variable: str, what: str) -> NoReturn:
    raise ImproperlyConfigured(f"环境变量 {variable} {what}，请写成 {EXAMPLE}，或删去该变量以{_WITHOUT[variable]}。")
