"""Reading the history that the database's triggers keep (ADR 9): who changed what, in words; and bringing states back."""
