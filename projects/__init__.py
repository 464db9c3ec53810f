"""Regions, departments, projects and their funding."""
