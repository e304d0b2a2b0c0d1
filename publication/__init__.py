"""Public pages and open data: what an entity publishes of its plans. Reads, never writes, tells no names of staff."""
