import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0006_base_conditions")]

    operations = [
        migrations.AlterField(
            model_name="bankquestion",
            name="hint",
            field=models.CharField(blank=True, max_length=1000, verbose_name="hint"),
        ),
        migrations.AlterField(
            model_name="bankquestion",
            name="label",
            field=models.CharField(max_length=2000, verbose_name="question"),
        ),
        migrations.AlterField(
            model_name="choice",
            name="label",
            field=models.CharField(max_length=500, verbose_name="label"),
        ),
        migrations.AlterField(
            model_name="choice",
            name="value",
            field=models.CharField(
                max_length=60,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[\\w.+/-]+\\Z",
                        "Use letters, digits, underscores, hyphens, dots, plus signs and slashes, and no blanks.",
                    )
                ],
                verbose_name="value",
            ),
        ),
        migrations.AlterField(
            model_name="group",
            name="label",
            field=models.CharField(blank=True, max_length=2000, verbose_name="heading"),
        ),
        migrations.AlterField(
            model_name="group",
            name="name",
            field=models.CharField(
                max_length=60,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Za-z_][A-Za-z0-9_]*\\Z",
                        "Use letters from a to z, digits and underscores, beginning with no digit.",
                    )
                ],
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="constraint_message",
            field=models.CharField(blank=True, max_length=500, verbose_name="sentence where it is not accepted"),
        ),
        migrations.AlterField(
            model_name="question",
            name="hint",
            field=models.CharField(blank=True, max_length=1000, verbose_name="hint"),
        ),
        migrations.AlterField(
            model_name="question",
            name="label",
            field=models.CharField(max_length=2000, verbose_name="question"),
        ),
        migrations.AlterField(
            model_name="question",
            name="name",
            field=models.CharField(
                max_length=60,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Za-z_][A-Za-z0-9_]*\\Z",
                        "Use letters from a to z, digits and underscores, beginning with no digit.",
                    )
                ],
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="required_message",
            field=models.CharField(blank=True, max_length=500, verbose_name="sentence where it is missing"),
        ),
        migrations.AlterField(
            model_name="survey",
            name="form_id",
            field=models.CharField(
                max_length=80,
                unique=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Za-z0-9_][A-Za-z0-9_-]*\\Z", "Use letters from a to z, digits, underscores and hyphens."
                    )
                ],
                verbose_name="form id",
            ),
        ),
    ]
