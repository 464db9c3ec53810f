"""Working with findings: the list of all, accepting, withdrawing, correcting, and files of what was found."""
