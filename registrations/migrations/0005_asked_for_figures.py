from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("registrations", "0018_asked_for_figures")]

    dependencies = [
        ("registrations", "0004_standing_index"),
    ]

    operations = [
        migrations.AlterField(
            model_name="keptfigures",
            name="counted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="counted"),
        ),
        migrations.AlterField(
            model_name="keptfigures",
            name="figures",
            field=models.JSONField(default=dict, verbose_name="figures"),
        ),
    ]
