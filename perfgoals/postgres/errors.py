"""The one error of this package."""


class ServerError(RuntimeError):
    """The embedded server cannot be had. The message is one Chinese sentence that says what to do."""
