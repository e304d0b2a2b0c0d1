"""The guide: docs/guida/ as pages of the program, and which chapter helps on which page. Knows no table."""
