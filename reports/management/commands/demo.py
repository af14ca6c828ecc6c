"""`manage.py demo`: the whole journey on the reference programmes, and how to look at it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.models import Certificate
from registrations.models import Programme
from reports.demonstration import make_logins, open_programme
from reports.reference import reference_slugs


class Command(BaseCommand):
    """Runs the journey where it has not been run yet, prints the reproduction table and the demonstration logins."""

    help = "Fill this laptop's database with the reference programmes and synthetic people; print where to look."

    def handle(self, *args: Any, **options: Any) -> None:
        """Never on a production database."""
        if settings.ENVIRONMENT == "production":
            raise CommandError("The demonstration makes accounts and people up. It does not run in production.")
        call_command("reproduce", stdout=self.stdout, stderr=self.stderr)
        programme = open_programme(now=timezone.now())
        logins = make_logins()
        self.stdout.write("\nWhere to look")
        for what, address in self._places(programme):
            self.stdout.write(f"  {what:<34}{settings.SITE_URL}{address}")
        self.stdout.write(f"  {'Mail that Baraza writes':<34}{self._mail_place()}")
        self.stdout.write("\nDemonstration logins for the back office (made anew each time)")
        for login in logins:
            self.stdout.write(f"  {login.role:<16}{login.username:<22}{login.password}")
        self.stdout.write("")

    def _places(self, programme: Programme) -> list[tuple[str, str]]:
        course = Programme.objects.get(slug=reference_slugs()[0])
        certificate = Certificate.objects.for_programme(course).first()
        registration = certificate.registration if certificate else None
        places = [
            ("Programmes", "/programmes/"),
            ("A programme open for registration", f"/programmes/{programme.slug}/register/"),
            ("The 2022 course", f"/programmes/{course.slug}/"),
            ("Its published results", f"/programmes/{course.slug}/results/"),
        ]
        if certificate and registration:
            places += [
                ("A participant's own page", f"/my/{registration.link_token}/"),
                ("A certificate's verification", f"/verify/{certificate.code}/"),
            ]
        return [*places, ("The back office", "/admin/")]

    def _mail_place(self) -> str:
        host = getattr(settings, "EMAIL_HOST", "")
        folder = getattr(settings, "EMAIL_FILE_PATH", None)
        return str(folder) if folder else f"sent by {host}"
