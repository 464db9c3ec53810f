"""Projects out as files: interchange JSON, and tables (xlsx, csv) that can come back (`imports.tables`).

`columns` says what a table has; `rows` reads it, a batch at a time; `files` writes whole files from one snapshot of the
database; `actions` and `views` are the site's: small files at once, large ones as a job.
"""

from imports.exporting.interchange import in_export_order, interchange_chunks

__all__ = ["in_export_order", "interchange_chunks"]
