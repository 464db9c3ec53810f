"""Official documents, read as documents: their outline, their tables, their targets, and rows that people mend."""
