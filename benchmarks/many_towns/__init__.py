"""A thousand towns in one installation: one is loaded as a town loads itself, and multiplied in PostgreSQL."""
