"""Codes of the second factor: those that change with time (RFC 6238), and those kept on paper. No database.

A code is known by its step, the number of half minutes since 1970. It is good once: whoever saw it on the screen or on
its way cannot use it again, nor an older one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

import pyotp
import segno

STEP_SECONDS: Final = 30
STEPS_ASIDE: Final = 1
"""Telephones' clocks may be so many steps before or behind the server's, typing included."""
ISSUER: Final = "绩效目标库"
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""
RECOVERY_CODES: Final = 10
_GROUPS: Final = 6
_CODE: Final = re.compile(r"[0-9]{6}")
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９", "0123456789")


def new_key() -> str:
    """A secret for a telephone to make codes of: 160 bits in base32."""
    return pyotp.random_base32()


def normalised(typed: str) -> str:
    """What was typed without spaces and hyphens, in small letters; an input method may have made its digits wide."""
    return re.sub(r"[\s-]", "", typed).translate(_FULL_WIDTH).lower()


def step_of(key: str, typed: str, *, now: float, after: int) -> int | None:
    """The step whose code was typed, of those around ``now`` (seconds since 1970) and later than ``after``; else ``None``."""
    code = normalised(typed)
    if not _CODE.fullmatch(code):
        return None
    present = int(now) // STEP_SECONDS
    maker = pyotp.TOTP(key, interval=STEP_SECONDS)
    around = range(present - STEPS_ASIDE, present + STEPS_ASIDE + 1)
    return next((step for step in around if step > after and hmac.compare_digest(maker.generate_otp(step), code)), None)


def grouped(text: str) -> str:
    """In groups of four, as it is read out and typed."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(key: str, *, username: str) -> str:
    """The secret as a QR code: markup of an SVG without styles or scripts, black on white in any theme."""
    address = pyotp.TOTP(key, interval=STEP_SECONDS).provisioning_uri(name=username, issuer_name=ISSUER)
    return segno.make(address, micro=False).svg_inline(scale=4, dark="black", light="white", svgclass="qr")


def new_recovery_codes() -> list[str]:
    """Ten codes for whoever lost the telephone, each of 118 bits, so that a plain digest of them tells nothing."""
    return ["-".join(_group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]


def digest_of(recovery_code: str) -> str:
    """The SHA-256 by which a recovery code is known."""
    return hashlib.sha256(normalised(recovery_code).encode()).hexdigest()


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))
