"""What every part of the read-only API shares: who asks, how often, in which format, page by page, and what is said
when a request is refused. What is read stands with its models: `projects.api`, `indicators.api`, `imports.api`.
"""
