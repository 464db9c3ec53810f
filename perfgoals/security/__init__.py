"""What browsers are told to refuse, and how long a log-in lasts."""
