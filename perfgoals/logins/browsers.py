"""Which browser it was, in two words: enough to know one's own by, and no more than that is kept."""

from __future__ import annotations

from typing import Final

BROWSERS: Final = (
    ("MicroMessenger", "微信"), ("QQBrowser", "QQ 浏览器"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""In this order: most say that they are like the later ones as well."""
SYSTEMS: Final = (
    ("HarmonyOS", "鸿蒙"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
OTHER: Final = "其他浏览器"


def in_words(user_agent: str) -> str:
    """Browser and system by what the browser says of itself, which may be untrue."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), OTHER)
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} · {system}" if system else browser
