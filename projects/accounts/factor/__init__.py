"""The second factor on one's own account page, and how administrators take it away from who lost it."""
