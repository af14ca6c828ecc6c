from django.db import migrations, models

from registrations.trigrams import gone, made

WORDS = models.Func(
    *("given_name", "family_name", "printed_name", "email", "organisation"),
    template="UPPER(%(expressions)s)",
    arg_joiner=" || '\n' || ",
    output_field=models.TextField(),
)


class Migration(migrations.Migration):
    dependencies = [("registrations", "0005_asked_for_figures")]

    operations = [
        migrations.AddField(
            "registration",
            "found_by",
            models.GeneratedField(db_persist=True, expression=WORDS, output_field=models.TextField()),
        ),
        migrations.RunPython(
            made("registration_found_by", "registrations_registration", ["found_by"], is_upper=True),
            gone("registration_found_by"),
        ),
    ]
