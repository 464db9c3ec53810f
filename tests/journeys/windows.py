"""Windows of the browser of which each act waits for the page's scripts."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

READY = 'addEventListener("DOMContentLoaded", () => { document.documentElement.dataset.ready = ""; });'


def with_scripts(context: BrowserContext) -> BrowserContext:
    """The windows of `context` wait with each act for the scripts of the page, as people do, who are slower."""
    context.add_init_script(READY)
    context.on("page", lambda page: page.add_locator_handler(page.locator("html:not([data-ready])"), lambda: None))
    return context
