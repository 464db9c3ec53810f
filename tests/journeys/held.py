"""Requests of a page that are held back until a test lets them go."""

from __future__ import annotations

import contextlib
import re

from playwright.sync_api import Error, Page, Route


def listen(page: Page) -> None:
    """Have the browser ask before it sends what pages ask for that are opened from now on.

    It tells a page that is open already a moment too late, and the next request would slip through.
    """
    page.route("**/nothing/", lambda route: route.continue_())


class Held:
    """The requests for an address, which go on when the test says so: all of them, or the first ``times``.

    The page has been opened after `listen`.
    """

    def __init__(self, page: Page, address: str, *, times: int | None = None) -> None:
        self.routes: list[Route] = []
        self._page = page
        page.route(re.compile(address), lambda route: self.routes.append(route), times=times)  # it wants a function

    def one(self) -> Route:
        """The request that was held last, once there is one."""
        for _ in range(500):
            if self.routes:
                return self.routes.pop()
            self._page.wait_for_timeout(20)
        raise TimeoutError("nothing was asked for")

    def let_go(self, route: Route) -> None:
        """Let a request be answered, whether the page still waits for it or not, and the page do what it does then."""
        with contextlib.suppress(Error):
            route.continue_()
        self._page.wait_for_timeout(300)
