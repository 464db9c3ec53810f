"""What is kept of a browser."""

import pytest

from perfgoals.logins.browsers import in_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome · Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/140.0", "Edge · Windows"),
        (f"Mozilla/5.0 (Linux; Android 15) {CHROME} MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari · iPhone"),
        ("<script>" * 1000, "其他浏览器"),
        ("", "其他浏览器"),
    ],
)
def test_browser_and_system_in_words_that_fit(said: str, words: str) -> None:
    assert in_words(said) == words
    assert len(words) <= 40
