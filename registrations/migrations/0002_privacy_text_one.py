"""The first privacy text. It names no person and no place; whoever runs a site adds a version that does."""

import datetime as dt

from django.db import migrations

BODY = """\
What we keep. Your names, e-mail address, gender, country, city, organisation, position, sector and preferred language, \
as you give them; when you registered; how long you were present in each session; your answers to the survey; \
the certificate issued to you; and the mails we sent you.

What for. To run the programme you register for: to write to you, let you into its sessions, count attendance, \
issue your certificate and report on the programme as a whole.

Who sees it. The organisers of the programme see your registration, attendance and certificate. Published results are \
sums and shares only. Anyone to whom you give your certificate's code can check what is printed on it. \
We pass your data on to nobody else and send no advertising.

Your choice. You may correct your data or withdraw at any time on your personal page. Registering is voluntary; \
gender may stay undisclosed. For anything else about your data write to the programme's contact.

Cookies. This site sets no cookie that follows you. Small ones remember your language and time zone if you choose them, \
and one protects forms against misuse.
"""


def add_first_text(apps, schema_editor):
    text = apps.get_model("registrations", "PrivacyText")
    published_at = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
    text.objects.get_or_create(version=1, defaults={"body": BODY, "published_at": published_at})


def remove_first_text(apps, schema_editor):
    text = apps.get_model("registrations", "PrivacyText")
    agreed_to = apps.get_model("registrations", "Registration").objects.filter(privacy_text__version=1)
    if not agreed_to.exists():
        text.objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial")]

    operations = [migrations.RunPython(add_first_text, remove_first_text)]
