"""Alembic migrations; each file is one step, applied in order by `engine.persistence.migrate`."""
