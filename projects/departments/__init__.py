"""Departments: which there are, which are very likely the same body, and joining two into one."""
