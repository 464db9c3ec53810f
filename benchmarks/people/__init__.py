"""People who browse and edit over HTTP, one alone and several at once, without any time to think."""
