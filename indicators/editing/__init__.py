"""Editing a project's form in the browser: what was typed, what it means, and how two people's edits meet."""
