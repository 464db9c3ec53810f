"""Goals and three-level indicator trees."""
