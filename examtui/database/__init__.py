"""The database: which server, its connections, its schema."""

from examtui.database.connection import bind, is_postgresql, make_database

__all__ = ["bind", "is_postgresql", "make_database"]
