"""Selections of candidates saved under a name."""

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, TextField

from examtui.model.base import Base
from examtui.model.identity import User


class SavedSelection(Base):
    """A criteria tree in its text form; ``shared`` shows it to all who may read candidates of ``owner``'s places."""

    owner = ForeignKeyField(User, backref="selections", on_delete="CASCADE", index=False)
    owner_id: int
    name = CharField()
    criteria = TextField()
    shared = BooleanField(default=False)
    updated_at = DateTimeField()

    class Meta:
        """A name stands once for its owner."""

        indexes = ((("owner", "name"), True),)
