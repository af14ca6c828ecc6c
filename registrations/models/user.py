"""Those who sign in: organisers, analysts, administrators. Participants have no account."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. A superuser is an administrator; others get programmes through `TeamMember`."""

    @property
    def is_administrator(self) -> bool:
        """Administrators see every programme."""
        return self.is_active and self.is_staff and self.is_superuser
