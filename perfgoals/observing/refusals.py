"""Why a request was refused: told in one line of JSON each, so that whoever reads the log sees what people, and who is none, try.

The answer's status says why, unless who refused said it better (`note`). An answer of 409 is no refusal: somebody else
was faster. The line holds the address's path, never its query, and nobody's name (OWASP ASVS 5, 16.3.2 and 16.3.3).
"""

from __future__ import annotations

import re
from typing import Final

from perfgoals.observing.accounts import Account, current

REASONS: Final = {
    400: "invalid",
    401: "not_logged_in",
    403: "not_allowed",
    404: "not_found",
    405: "method",
    406: "format",
    413: "too_large",
    422: "invalid",
    429: "too_often",
}
NO_ADDRESS: Final = "no_address"
"""404 where the site has no such address; `REASONS` has that of a thing that is not there for this person."""
FORGED: Final = "forged"
"""A form without its token or from another site, or signed values that were changed."""
SECOND_FACTOR: Final = "second_factor"
"""A wrong code."""
UPLOAD: Final = "upload"
"""A file that is not taken."""
TLS: Final = "tls"
"""The API asked without TLS."""
LONGEST_PATH: Final = 200
_TOKEN: Final = re.compile(r"pgt_[0-9A-Za-z]+")


def note(reason: str, *, person: int | None = None) -> None:
    """Say why the request that is being answered here is refused, and, where nobody is logged in yet, who it was.

    The line is written when the answer is known; outside a request nothing happens.
    """
    account = current()
    if account is not None:
        account.refused = reason
        account.person = person


def reason_of(account: Account, status: int) -> str:
    """Why a request was refused; empty: it was not."""
    if account.refused:
        return account.refused
    if status == 404 and account.request.resolver_match is None:
        return NO_ADDRESS
    return REASONS.get(status, "")


def path_of(account: Account) -> str:
    """The address's path, its beginning where it is long; a token that somebody wrote into it by mistake is left out."""
    return _TOKEN.sub("pgt_…", account.request.path)[:LONGEST_PATH]
