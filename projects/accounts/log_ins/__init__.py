"""One's own log-ins, and how they are ended: by oneself, and by administrators."""
