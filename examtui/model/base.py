"""The base of all models and the proxy of the database they live in."""

from typing import TYPE_CHECKING

from peewee import AutoField, DatabaseProxy, Model

database = DatabaseProxy()


class Base(Model):
    """A table of examtui. Table names are the snake case of the class."""

    if TYPE_CHECKING:
        id: AutoField

    class Meta:
        """Peewee's own way to say which database and which names."""

        database = database
        legacy_table_names = False
