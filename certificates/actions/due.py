"""Who is due, and whether certificates of a programme can be issued at all."""

import datetime as dt

from django.utils.translation import gettext as _

from certificates.actions.rules import evaluations
from certificates.completion import Evaluation
from certificates.errors import Refused
from certificates.models import Certificate, CompletionRule
from certificates.sealing import signer
from registrations.models import Programme, Registration
from sessions.models import TrainingSession


def refuse_unready(programme: Programme, *, now: dt.datetime) -> None:
    """Refuse, in a sentence, where no certificate of the programme could be issued at all: no rule, not over, no key."""
    if CompletionRule.objects.in_force(programme) is None:
        raise Refused(_("Set a completion rule first: it decides who gets a certificate."))
    _refuse_before_the_end(programme, now=now)
    signer(programme=programme.slug, now=now)  # refuses where a key is missing, expired or not its certificate's


def _refuse_before_the_end(programme: Programme, *, now: dt.datetime) -> None:
    last = TrainingSession.objects.filter(programme=programme).order_by("-ends_at").first()
    if last is None:
        raise Refused(_("The programme has no sessions yet, so nobody can have completed it."))
    if now < last.ends_at:
        raise Refused(_("Certificates can be issued once the last session has ended."))


def due_in(programme: Programme, rule: CompletionRule | None = None) -> dict[int, Evaluation]:
    """Those who have earned a certificate by the rule in force, or by `rule`, and have none; by registration id.

    Whoever was erased gets none: there is no name to print.
    """
    issued_to = Certificate.objects.for_programme(programme).latest_of_each().order_by()
    erased = Registration.objects.for_programme(programme).filter(erased_at__isnull=False).order_by()
    issued = set(issued_to.values_list("registration_id", flat=True).union(erased.values_list("pk", flat=True)))
    judged = evaluations(programme, rule=rule.rule if rule else None)
    return {pk: evaluation for pk, evaluation in judged.items() if evaluation.is_complete and pk not in issued}
