"""What was done: the audit log and the reports of imports."""

from peewee import BigAutoField, BigIntegerField, CharField, DateTimeField, ForeignKeyField, IntegerField, TextField

from examtui.model.base import Base


class AuditEntry(Base):
    """One change, by whom and when; append only, chained by ``mac`` (see ``examtui.audit``).

    ``subject_type`` and ``subject_id`` name the record that changed; ``digest`` is the SHA-256 of the payload.
    """

    id = BigAutoField()
    at = DateTimeField()
    login = CharField()
    action = CharField()
    subject_type = CharField(default="")
    subject_id = BigIntegerField(null=True)
    digest = CharField(max_length=64)
    mac = CharField(max_length=64)

    class Meta:
        """The history of a record."""

        indexes = ((("subject_type", "subject_id"), False),)


class AuditPayload(Base):
    """What changed, before and after, as JSON; apart, so that the legal purge can remove it and keep the chain."""

    entry = ForeignKeyField(AuditEntry, primary_key=True, on_delete="RESTRICT")
    entry_id: int
    body = TextField()


class AuditHead(Base):
    """The one row that keeps the chain whole: how many entries there are and the last one's mac."""

    count = BigIntegerField()
    mac = CharField(max_length=64)


class ImportReport(Base):
    """The report of an import that was applied; it stays.

    ``kind`` is the name of the importer (``students``…), the numbers are rows of the file, ``gone`` the pupils that the
    file no longer holds.
    """

    kind = CharField(max_length=32)
    file_name = CharField()
    sha256 = CharField(max_length=64)
    at = DateTimeField()
    login = CharField()
    academy_id = IntegerField(null=True)
    school_id = IntegerField(null=True)
    total = IntegerField(default=0)
    created = IntegerField(default=0)
    changed = IntegerField(default=0)
    unchanged = IntegerField(default=0)
    gone = IntegerField(default=0)
    passed_over = IntegerField(default=0)


class ImportMessage(Base):
    """A warning, or a reason for passing over, that an applied import gave: line or INE, field, reason, cure."""

    report = ForeignKeyField(ImportReport, backref="messages", on_delete="CASCADE")
    report_id: int
    severity = CharField(max_length=16)
    line = IntegerField(null=True)
    subject = CharField(default="")
    field = CharField(default="")
    reason = TextField()
    cure = TextField(default="")
