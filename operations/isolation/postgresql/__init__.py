"""Django's PostgreSQL, whose connections tell the database for whom they ask: an ENGINE (ROW_SECURITY in settings)."""
