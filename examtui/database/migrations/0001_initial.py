"""The first schema: a frozen copy of the models of version 0.1."""

from peewee import *


def up(migrator, db):
    class Academy(Model):
        code = CharField(unique=True, max_length=2)
        name = CharField()

        class Meta:
            database = db
            table_name = "academy"

    db.create_tables([Academy])

    class School(Model):
        uai = CharField(unique=True, max_length=8)
        name = CharField()
        address = TextField(default="")
        postcode = CharField(max_length=5, default="")
        town = CharField(default="")
        academy = ForeignKeyField(Academy, on_delete="RESTRICT")
        email = CharField(default="")
        head_name = CharField(default="")
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "school"

    db.create_tables([School])

    class ImportReport(Model):
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

        class Meta:
            database = db
            table_name = "import_report"

    db.create_tables([ImportReport])

    class Candidate(Model):
        academy = ForeignKeyField(Academy, on_delete="RESTRICT", index=False)
        school = ForeignKeyField(School, null=True, on_delete="RESTRICT", index=False)
        number = CharField(null=True, max_length=11)
        number_reversed = CharField(null=True, max_length=11)
        ine = CharField(null=True, max_length=11)
        ine_reversed = CharField(null=True, max_length=11)
        family_name = CharField()
        usage_name = CharField(default="")
        first_names = CharField()
        sex = CharField(max_length=1, default="")
        birth_date = DateField(null=True)
        birth_country = CharField(default="")
        birth_department = CharField(default="")
        birth_commune_code = CharField(default="")
        birth_commune = CharField(default="")
        nationality = CharField(default="")
        email = CharField(default="")
        guardian_emails = TextField(default="")
        phone = CharField(default="")
        mobile = CharField(default="")
        address = TextField(default="")
        postcode = CharField(default="")
        town = CharField(default="")
        country = CharField(default="")
        red_list = BooleanField(default=False)
        extra_time = IntegerField(default=0)
        accommodations = TextField(default="")
        rank = BigIntegerField(unique=True)
        words = TextField(default="")
        created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "candidate"
            indexes = ((("ine", "school"), True), (("school", "rank"), False), (("academy", "rank"), False))

    Candidate.add_index(
        Candidate.index(Candidate.number, unique=True, where=SQL("number IS NOT NULL"), name="candidate_number_given")
    )
    Candidate.add_index(
        Candidate.index(
            Candidate.number, Candidate.rank, where=SQL("number IS NOT NULL"), name="candidate_number_beginning"
        )
    )
    Candidate.add_index(
        Candidate.index(
            Candidate.number_reversed,
            Candidate.rank,
            where=SQL("number_reversed IS NOT NULL"),
            name="candidate_number_ending",
        )
    )
    Candidate.add_index(
        Candidate.index(Candidate.ine, Candidate.rank, where=SQL("ine IS NOT NULL"), name="candidate_ine_beginning")
    )
    Candidate.add_index(
        Candidate.index(
            Candidate.ine_reversed, Candidate.rank, where=SQL("ine_reversed IS NOT NULL"), name="candidate_ine_ending"
        )
    )
    Candidate.add_index(Candidate.index(Candidate.rank, where=SQL("red_list"), name="candidate_red_list"))
    Candidate.add_index(Candidate.index(Candidate.rank, where=SQL("extra_time > 0"), name="candidate_extra_time"))
    db.create_tables([Candidate])

    class Exam(Model):
        code = CharField(unique=True, max_length=16)
        label = CharField()
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "exam"

    db.create_tables([Exam])

    class ExamSession(Model):
        exam = ForeignKeyField(Exam, on_delete="RESTRICT")
        year = IntegerField()
        label = CharField()
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "exam_session"
            indexes = ((("exam", "label"), True),)

    db.create_tables([ExamSession])

    class Speciality(Model):
        exam_session = ForeignKeyField(ExamSession, on_delete="RESTRICT")
        code = CharField()
        label = CharField(default="")
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "speciality"
            indexes = ((("exam_session", "code"), True),)

    db.create_tables([Speciality])

    class DecisionGroup(Model):
        exam_session = ForeignKeyField(ExamSession, on_delete="RESTRICT")
        label = CharField()

        class Meta:
            database = db
            table_name = "decision_group"
            indexes = ((("exam_session", "label"), True),)

    db.create_tables([DecisionGroup])

    class Registration(Model):
        candidate = ForeignKeyField(Candidate, on_delete="CASCADE", index=False)
        exam_session = ForeignKeyField(ExamSession, on_delete="RESTRICT", index=False)
        speciality = ForeignKeyField(Speciality, on_delete="RESTRICT", index=False)
        school = ForeignKeyField(School, null=True, on_delete="RESTRICT", index=False)
        number = CharField(max_length=8)
        version = CharField(max_length=8, default="")
        ocean_number = CharField(default="")
        division = CharField(default="")
        category = CharField(default="")
        state = CharField(default="Inscrit")
        teachings = TextField(default="")
        decision_group = ForeignKeyField(DecisionGroup, null=True, on_delete="SET NULL", index=False)
        replacement = BooleanField(default=False)
        fraud_suspected = BooleanField(default=False)
        created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "registration"
            indexes = (
                (("candidate", "exam_session", "number"), True),
                (("school", "division"), False),
                (("exam_session", "candidate"), False),
                (("speciality", "candidate"), False),
                (("decision_group", "candidate"), False),
                (("state", "candidate"), False),
                (("category", "candidate"), False),
            )

    Registration.add_index(
        Registration.index(Registration.candidate, where=SQL("fraud_suspected"), name="registration_fraud")
    )
    Registration.add_index(
        Registration.index(Registration.candidate, where=SQL("replacement"), name="registration_replacement")
    )
    db.create_tables([Registration])

    class Epreuve(Model):
        speciality = ForeignKeyField(Speciality, on_delete="RESTRICT")
        code = CharField()
        label = CharField()
        nature = CharField(max_length=16)
        form = CharField(max_length=16)
        discipline = CharField(default="")
        coefficient = DecimalField(null=True, max_digits=6, decimal_places=2)
        scale = DecimalField(null=True, max_digits=6, decimal_places=2)
        duration = IntegerField(null=True)
        start_date = DateField(null=True)
        end_date = DateField(null=True)
        start_time = TimeField(null=True)
        end_time = TimeField(null=True)
        organisable = BooleanField(default=False)
        marking_mode = CharField(max_length=16, default="Saisie")
        twin = ForeignKeyField("self", null=True, on_delete="SET NULL")
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "epreuve"
            indexes = ((("speciality", "code", "label"), True),)

    db.create_tables([Epreuve])

    class Centre(Model):
        school = ForeignKeyField(School, on_delete="RESTRICT")
        function = CharField(max_length=16)
        autonomous = BooleanField(default=False)
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "centre"
            indexes = ((("school", "function"), True),)

    db.create_tables([Centre])

    class Room(Model):
        school = ForeignKeyField(School, on_delete="RESTRICT")
        name = CharField()
        capacity = IntegerField()
        accessible = BooleanField(default=False)
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "room"
            indexes = ((("school", "name"), True), (("name",), False))

    db.create_tables([Room])

    class Commission(Model):
        school = ForeignKeyField(School, on_delete="RESTRICT")
        name = CharField()
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "commission"
            indexes = ((("school", "name"), True), (("name",), False))

    db.create_tables([Commission])

    class Assignment(Model):
        registration = ForeignKeyField(Registration, on_delete="CASCADE", index=False)
        epreuve = ForeignKeyField(Epreuve, on_delete="RESTRICT", index=False)
        centre = ForeignKeyField(Centre, on_delete="RESTRICT", index=False)
        date = DateField(null=True)
        start_time = TimeField(null=True)
        end_time = TimeField(null=True)
        room = ForeignKeyField(Room, null=True, on_delete="RESTRICT", index=False)
        commission = ForeignKeyField(Commission, null=True, on_delete="RESTRICT", index=False)
        created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)

        class Meta:
            database = db
            table_name = "assignment"
            indexes = (
                (("registration", "epreuve"), True),
                (("epreuve", "centre"), False),
                (("centre", "registration"), False),
                (("date", "registration"), False),
                (("room", "registration"), False),
                (("commission", "registration"), False),
            )

    db.create_tables([Assignment])

    class AuditEntry(Model):
        id = BigAutoField()
        at = DateTimeField()
        login = CharField()
        action = CharField()
        subject_type = CharField(default="")
        subject_id = BigIntegerField(null=True)
        digest = CharField(max_length=64)
        mac = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "audit_entry"
            indexes = ((("subject_type", "subject_id"), False),)

    db.create_tables([AuditEntry])

    class AuditHead(Model):
        count = BigIntegerField()
        mac = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "audit_head"

    db.create_tables([AuditHead])

    class AuditPayload(Model):
        entry = ForeignKeyField(AuditEntry, primary_key=True, on_delete="RESTRICT")
        body = TextField()

        class Meta:
            database = db
            table_name = "audit_payload"

    db.create_tables([AuditPayload])

    class Delegation(Model):
        centre = ForeignKeyField(Centre, on_delete="CASCADE")
        epreuve = ForeignKeyField(Epreuve, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "delegation"
            indexes = ((("centre", "epreuve"), True),)

    db.create_tables([Delegation])

    class EpreuveRegistration(Model):
        registration = ForeignKeyField(Registration, on_delete="CASCADE", index=False)
        epreuve = ForeignKeyField(Epreuve, on_delete="RESTRICT")
        position = CharField(max_length=16, default="Inscrit")
        created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)

        class Meta:
            database = db
            table_name = "epreuve_registration"
            indexes = ((("registration", "epreuve"), True),)

    EpreuveRegistration.add_index(
        EpreuveRegistration.index(
            EpreuveRegistration.registration, where=SQL("position <> 'Inscrit'"), name="epreuve_registration_not_sat"
        )
    )
    db.create_tables([EpreuveRegistration])

    class User(Model):
        login = CharField(unique=True)
        name = CharField(default="")
        email = CharField(default="")
        disabled = BooleanField(default=False)
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "app_user"

    db.create_tables([User])

    class Grant(Model):
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        role = CharField(max_length=16)
        school = ForeignKeyField(School, null=True, on_delete="RESTRICT")
        academy = ForeignKeyField(Academy, null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            table_name = "user_grant"
            indexes = ((("user", "role", "school", "academy"), False),)

    db.create_tables([Grant])

    class ImportMessage(Model):
        report = ForeignKeyField(ImportReport, on_delete="CASCADE")
        severity = CharField(max_length=16)
        line = IntegerField(null=True)
        subject = CharField(default="")
        field = CharField(default="")
        reason = TextField()
        cure = TextField(default="")

        class Meta:
            database = db
            table_name = "import_message"

    db.create_tables([ImportMessage])

    class SavedSelection(Model):
        owner = ForeignKeyField(User, on_delete="CASCADE", index=False)
        name = CharField()
        criteria = TextField()
        shared = BooleanField(default=False)
        updated_at = DateTimeField()

        class Meta:
            database = db
            table_name = "saved_selection"
            indexes = ((("owner", "name"), True),)

    db.create_tables([SavedSelection])

    class ServiceOpening(Model):
        service = CharField(max_length=16)
        school = ForeignKeyField(School, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "service_opening"
            indexes = ((("service", "school"), True),)

    db.create_tables([ServiceOpening])

    class ServiceWindow(Model):
        kind = CharField(max_length=16)
        academy = ForeignKeyField(Academy, on_delete="CASCADE")
        exam_session = ForeignKeyField(ExamSession, on_delete="CASCADE")
        opens_at = DateTimeField()
        closes_at = DateTimeField()
        revision = IntegerField(default=1)

        class Meta:
            database = db
            table_name = "service_window"
            indexes = ((("kind", "academy", "exam_session"), True),)

    db.create_tables([ServiceWindow])

    class Student(Model):
        candidate = ForeignKeyField(Candidate, unique=True, on_delete="CASCADE")
        school = ForeignKeyField(School, on_delete="RESTRICT", index=False)
        siecle_id = CharField(default="")
        local_number = CharField(default="")
        division = CharField(default="")
        mef = CharField(default="")
        status = CharField(max_length=8, default="")
        regime = CharField(default="")
        entered_on = DateField(null=True)
        left_on = DateField(null=True)
        created_by = ForeignKeyField(ImportReport, null=True, on_delete="SET NULL", index=False)

        class Meta:
            database = db
            table_name = "student"
            indexes = ((("school", "division"), False),)

    db.create_tables([Student])
