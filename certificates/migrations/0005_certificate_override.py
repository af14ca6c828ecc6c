"""By which exception a certificate was earned."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0004_decisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="override",
            field=models.ForeignKey(
                blank=True,
                help_text="Set where the rule was not met; the exception says why, also after it was taken back.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="certificates.override",
                verbose_name="issued by exception",
            ),
        ),
    ]
