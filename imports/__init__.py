"""From source text to stored projects, and back."""
