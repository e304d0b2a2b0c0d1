"""The read-only programming interface: the same open data, in small pieces, for programs."""
