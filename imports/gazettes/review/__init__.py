"""Targets found in prose, which people accept, correct or reject."""
