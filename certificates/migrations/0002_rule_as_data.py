"""A completion rule becomes a tree of requirements; the two columns that it had become the commonest tree."""

from django.db import migrations, models

import certificates.models.rules


def tree_of(sessions_required, is_survey_required):
    """So many sessions, and perhaps the survey."""
    members = [{"kind": "sessions", "at_least": sessions_required}] if sessions_required else []
    if is_survey_required:
        members.append({"kind": "survey", "survey": None})
    return {"kind": "group", "mode": "all", "members": members}


def columns_of(tree):
    """The two columns that say the same as the tree; `None` where none can."""
    sessions = [each["at_least"] for each in tree["members"] if each["kind"] == "sessions"]
    columns = (max(sessions, default=0), any(each["kind"] == "survey" for each in tree["members"]))
    return columns if tree_of(*columns) == tree else None


def to_tree(apps, schema_editor):
    for row in apps.get_model("certificates", "CompletionRule").objects.all():
        row.requirements = tree_of(row.sessions_required, row.is_survey_required)
        row.save(update_fields=["requirements"])


def to_columns(apps, schema_editor):
    """Back, where the columns can say it; a rule that asks for more stops here, for it would become another rule."""
    for row in apps.get_model("certificates", "CompletionRule").objects.all():
        columns = columns_of(row.requirements)
        if columns is None:
            raise RuntimeError(
                f"Completion rule {row.pk} asks for more than a number of sessions and the survey; "
                "the tables before this migration cannot hold it. Delete it, or stay at this migration."
            )
        row.sessions_required, row.is_survey_required = columns
        row.save(update_fields=["sessions_required", "is_survey_required"])


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="completionrule",
            name="requirements",
            field=models.JSONField(
                default=dict,
                validators=[certificates.models.rules.validate_requirements],
                verbose_name="requirements",
            ),
            preserve_default=False,
        ),
        # Going back, the columns are there again before they are filled.
        migrations.AlterField(
            model_name="completionrule",
            name="sessions_required",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="sessions to attend"),
        ),
        migrations.RunPython(to_tree, to_columns),
        migrations.RemoveField(model_name="completionrule", name="sessions_required"),
        migrations.RemoveField(model_name="completionrule", name="is_survey_required"),
    ]
