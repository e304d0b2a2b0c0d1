"""Entities of one installation, apart: which row belongs to which, what crosses, and PostgreSQL as a second wall."""
