"""What people would otherwise pick, set up as its makers recommend, on the same rows."""
