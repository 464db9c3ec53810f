"""Policy basis: the 文号 that projects cite, and the documents that are held."""
