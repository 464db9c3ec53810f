"""Tokens of the API: everybody's own page for them, and how administrators take them away."""
