import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training_sessions", "0004_ledger_data"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attendancerow",
            name="identity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="training_sessions.attendanceidentity",
                verbose_name="identity",
            ),
        ),
        migrations.AlterField(
            model_name="attendancerow",
            name="position",
            field=models.PositiveIntegerField(verbose_name="place among the import’s rows"),
        ),
        migrations.AlterField(
            model_name="attendanceimport",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to="registrations.programme",
                verbose_name="programme",
            ),
        ),
        migrations.RemoveField(
            model_name="attendancerow",
            name="assigned_at",
        ),
        migrations.RemoveField(
            model_name="attendancerow",
            name="assigned_by",
        ),
        migrations.RemoveField(
            model_name="attendancerow",
            name="email",
        ),
        migrations.RemoveField(
            model_name="attendancerow",
            name="match",
        ),
        migrations.RemoveField(
            model_name="attendancerow",
            name="name",
        ),
        migrations.RemoveField(
            model_name="attendancerow",
            name="registration",
        ),
        migrations.AddConstraint(
            model_name="attendanceimport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("refused_at__isnull", True), ("undone_at__isnull", True)),
                fields=("session", "sha256"),
                name="attendance_import_once_per_file",
                violation_error_message="This file was imported for this session already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendanceimport",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("refused_at__isnull", True), ("session__isnull", True), ("undone_at__isnull", True)
                ),
                fields=("programme", "sha256"),
                name="attendance_import_once_per_programme",
                violation_error_message="This file was imported for this programme already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendanceimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("applied_at__isnull", True),
                    models.Q(("approved_at__isnull", False), ("read_at__isnull", False)),
                    _connector="OR",
                ),
                name="attendance_import_read_and_approved_first",
                violation_error_message="An import is read and approved before it is applied.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancerow",
            constraint=models.UniqueConstraint(
                fields=("attendance_import", "position"),
                name="attendance_row_once_per_position",
                violation_error_message="This line of the file was read already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancerow",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at__isnull", True), ("joined_at__isnull", False), _connector="OR"),
                name="attendance_row_joined_before_it_left",
                violation_error_message="Whoever left has joined.",
            ),
        ),
    ]
