"""Typed readers of environment variables that fail loudly, with how to mend the value."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
EVERYBODY = "全部"
"""In place of roles, where a setting lists them."""
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def text(name: str) -> str | None:
    """The variable's text without white space around it; ``None`` where it is unset or empty."""
    return os.environ.get(name, "").strip() or None


def flag(name: str) -> bool:
    """A yes/no variable; unset is no."""
    value = os.environ.get(name, "").strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”无法识别，请写 1（是）或 0（否）。")


def number(name: str, *, default: int) -> int:
    """A whole number, zero or more."""
    value = text(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”无法识别，请写 0 或正整数。")
    return int(value)


def seconds(name: str, *, default: float) -> float:
    """A span of seconds, zero or more, with decimals if wanted."""
    value = text(name)
    if value is None:
        return default
    if not _SECONDS.fullmatch(value):
        raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”无法识别，请写以秒为单位的数，例如 0.5。")
    return float(value)


def words(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated variable."""
    value = text(name)
    return default if value is None else [word.strip() for word in value.split(",") if word.strip()]


def home_folder(*, default: Path) -> Path:
    """``PERFGOALS_HOME`` as an absolute path; it is made when something is first written there."""
    value = text("PERFGOALS_HOME")
    return default if value is None else Path(value).expanduser().absolute()


def secret_key(home: Path) -> str:
    """``PERFGOALS_SECRET_KEY``, or one made once for this home and kept there, readable by its owner only."""
    if key := text("PERFGOALS_SECRET_KEY"):
        if len(key) < 50:
            raise ImproperlyConfigured("环境变量 PERFGOALS_SECRET_KEY 少于 50 个字符，请换成更长的随机字符串。")
        return key
    path = home / "secret_key"
    try:
        return path.read_text(encoding="ascii") if path.exists() else _make_secret_key(path)
    except OSError as error:
        from perfgoals.commands import reason  # late, since that module knows Django's database

        raise ImproperlyConfigured(
            f"密钥文件“{path}”不能读写（{reason(error)}），请改正文件夹的权限，或用环境变量 PERFGOALS_HOME 另选一个。"
        ) from error


def _make_secret_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret_key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        # A link never replaces: of two commands started at once, both end up with the same key.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
