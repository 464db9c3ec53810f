"""Importing in the site: a file is sent and looked at, then imported as it was shown, or given up."""
