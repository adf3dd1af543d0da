"""Who uses the program: users and the grants that say what they do, and where."""

from enum import StrEnum

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField

from examtui.model.base import Base
from examtui.model.places import Academy, School


class Role(StrEnum):
    """The roles of PRODUCT.md; the value is what the command line takes."""

    SCHOOL = "school"
    HEAD = "head"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class User(Base):
    """A person, known by a login (the system's, or the name of a forced SSH command)."""

    login = CharField(unique=True)
    name = CharField(default="")
    email = CharField(default="")
    disabled = BooleanField(default=False)
    created_at = DateTimeField()

    class Meta:
        """``user`` is a reserved word of PostgreSQL."""

        table_name = "app_user"


class Grant(Base):
    """A role, and the school or academy that it holds for; neither for an administrator."""

    user = ForeignKeyField(User, backref="grants", on_delete="CASCADE", index=False)
    user_id: int
    role = CharField(max_length=16, choices=[(value.value, value.value) for value in Role])
    school = ForeignKeyField(School, null=True, on_delete="RESTRICT")
    school_id: int | None
    academy = ForeignKeyField(Academy, null=True, on_delete="RESTRICT")
    academy_id: int | None

    class Meta:
        """``grant`` is a reserved word of SQL."""

        table_name = "user_grant"
        indexes = ((("user", "role", "school", "academy"), False),)
