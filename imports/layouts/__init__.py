"""Readers, one module a layout (`imports.reading` says what a reader is)."""
