"""People: their accounts, roles and memberships, and their passwords."""
