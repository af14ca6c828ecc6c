"""Imports, lines and assignments by hand become batches, identities and decisions.

A name that somebody assigned by hand in one session stays a decision of that session, unless an address stands beside it:
the earlier pages promised no more. Backwards, what the earlier tables cannot hold is left out: files of several sessions,
files that were undone, and self check-ins.
"""

from django.db import migrations

CHUNK = 500
BECAUSE = {"email": "email_exact", "name": "name_exact"}
MATCH = {"email_exact": "email", "known_address": "email"}


def forwards(apps, schema_editor):
    model = apps.get_model("training_sessions", "AttendanceImport")
    event = apps.get_model("training_sessions", "AttendanceEvent")
    for found in model.objects.select_related("session").defer("content").order_by("pk"):
        found.programme_id, found.platform = found.session.programme_id, "zoom"
        if found.applied_at:
            found.read_at = found.approved_at = found.applied_at
            found.approved_by_id = found.uploaded_by_id
        elif not found.refused_at:  # half read: it is read again, since every line needs its identity now
            found.rows.all().delete()
            found.rows_done, found.claimed_at = 0, None
        found.save(
            update_fields=[
                "programme", "platform", "read_at", "approved_at", "approved_by", "rows_done", "claimed_at"
            ]
        )  # fmt: skip
        _convert_rows(apps, found)
        deeds = [("uploaded", found.uploaded_at), ("applied", found.applied_at), ("refused", found.refused_at)]
        event.objects.bulk_create(
            event(
                programme_id=found.programme_id, session_id=found.session_id, attendance_import_id=found.pk, kind=kind,
                at=at, by_id=found.uploaded_by_id if kind == "uploaded" else None,
            )
            for kind, at in deeds
            if at
        )  # fmt: skip
    for entry in apps.get_model("training_sessions", "HandEntry").objects.select_related("session").iterator():
        event.objects.create(
            programme_id=entry.session.programme_id, session_id=entry.session_id, registration_id=entry.registration_id,
            kind="cleared" if entry.minutes is None else "entered", at=entry.entered_at, by_id=entry.entered_by_id,
            details={} if entry.minutes is None else {"minutes": entry.minutes},
        )  # fmt: skip


def _convert_rows(apps, found):
    row_model = apps.get_model("training_sessions", "AttendanceRow")
    known: dict[tuple[int | None, str, str], int] = {}
    rows = []
    for position, row in enumerate(found.rows.order_by("line").iterator()):
        row.position, row.session_id = position, found.session_id
        row.identity_id = _identity_of(apps, found, row, known)
        if row.excluded_because == "host":
            row.role, row.excluded_because = "host", ""
        elif row.excluded_because == "waiting_room":
            row.excluded_because = "in_waiting_room"
        rows.append(row)
        if len(rows) == CHUNK:
            row_model.objects.bulk_update(rows, ["position", "session", "identity", "role", "excluded_because"])
            rows = []
    row_model.objects.bulk_update(rows, ["position", "session", "identity", "role", "excluded_because"])


def _identity_of(apps, found, row, known):
    """The identity of a line, made where there is none."""
    by_hand = row.match == "hand"
    session = found.session_id if by_hand and not row.email else None
    key = (session, row.name, row.email)
    identity = known.get(key)
    if identity is None:
        identity, _is_new = apps.get_model("training_sessions", "AttendanceIdentity").objects.get_or_create(
            programme_id=found.programme_id, session_id=session, name=row.name, email=row.email
        )
        known[key] = identity
    if row.registration_id and (identity.registration_id is None or (by_hand and not identity.decided_at)):
        identity.registration_id = row.registration_id
        identity.decision = "none" if by_hand else "auto"
        identity.because = BECAUSE.get(row.match, "")
        identity.decided_at, identity.decided_by_id = row.assigned_at, row.assigned_by_id
        identity.save()
    return identity.pk


def backwards(apps, schema_editor):
    attendance = apps.get_model("training_sessions", "Attendance")
    by_hand = set(attendance.objects.filter(source="hand").values_list("registration", "session"))
    attendance.objects.filter(source="check_in").delete()
    for entry in attendance.objects.filter(source="correction"):
        if (entry.registration_id, entry.session_id) in by_hand:
            entry.delete()
        else:
            attendance.objects.filter(pk=entry.pk).update(source="hand")
    imports = apps.get_model("training_sessions", "AttendanceImport").objects
    imports.filter(session__isnull=True).delete()
    imports.filter(undone_at__isnull=False).delete()
    _keep_one_of_each_file(imports)
    imports.filter(applied_at__isnull=True, refused_at__isnull=True).update(rows_done=0, claimed_at=None)
    row_model = apps.get_model("training_sessions", "AttendanceRow")
    row_model.objects.filter(attendance_import__applied_at__isnull=True).delete()
    for found in imports.defer("content"):
        _restore_rows(row_model, found)


def _keep_one_of_each_file(imports):
    """A refused file may be there twice; the earlier tables hold one."""
    seen = set()
    for pk, *key in imports.order_by("refused_at", "-pk").values_list("pk", "session", "sha256"):
        if tuple(key) in seen:
            imports.filter(pk=pk).delete()
        seen.add(tuple(key))


def _restore_rows(row_model, found):
    fields = ["name", "email", "registration", "match", "assigned_at", "assigned_by", "excluded_because"]
    rows, lines = [], set()
    for row in found.rows.select_related("identity").order_by("position").iterator(chunk_size=CHUNK):
        if row.line in lines:
            row_model.objects.filter(pk=row.pk).delete()
            continue
        lines.add(row.line)
        _restore(row)
        rows.append(row)
        if len(rows) == CHUNK:
            row_model.objects.bulk_update(rows, fields)
            rows = []
    row_model.objects.bulk_update(rows, fields)


def _restore(row):
    identity = row.identity
    row.name, row.email = identity.name, identity.email
    row.excluded_because = {"in_waiting_room": "waiting_room", "not_a_person": "no_times"}.get(
        row.excluded_because, row.excluded_because
    )
    if row.excluded_because:
        return
    if identity.registration_id:
        row.registration_id = identity.registration_id
        row.match = "hand" if identity.decided_at else MATCH.get(identity.because, "name")
        row.assigned_at, row.assigned_by_id = identity.decided_at, identity.decided_by_id
    elif row.role in ("host", "organizer"):
        row.excluded_because = "host"


class Migration(migrations.Migration):
    dependencies = [("training_sessions", "0003_ledger")]

    operations = [migrations.RunPython(forwards, backwards)]
