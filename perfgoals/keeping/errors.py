"""The one error of this package."""


class KeepingError(Exception):
    """A backup cannot be made or brought back; nothing was changed. The message is one Chinese sentence."""
