from django.db import migrations

from registrations.trigrams import gone, made

PEOPLE = ["given_name", "family_name", "printed_name", "email", "organisation"]


class Migration(migrations.Migration):
    replaces = [("registrations", "0014_search")]

    dependencies = [("registrations", "0002_privacy_text_one")]

    operations = [
        migrations.RunPython(
            made("registration_search", "registrations_registration", PEOPLE), gone("registration_search")
        ),
        migrations.RunPython(made("mail_search", "registrations_mail", ["to", "subject"]), gone("mail_search")),
    ]
