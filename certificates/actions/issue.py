"""Issuing in bulk: a run is asked for, and carried on by whoever finds it until everybody who is due has a certificate.

A worker may be killed at any point. What is due is read from the database each time (complete by the rule and without
a certificate; recorded but without a PDF), so a run that starts again does what is left and nothing twice.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.actions.records import deliver, record
from certificates.actions.rules import evaluations
from certificates.completion import Evaluation
from certificates.errors import Refused
from certificates.models import Certificate, CompletionRule, IssueRun
from certificates.sealing import signer
from registrations.models import Programme, Registration, User
from sessions.chunks import in_chunks
from sessions.models import TrainingSession

CHUNK = 50  # under half a second of typesetting between two signs of life
LEASE = dt.timedelta(seconds=20)  # with the sweep and a worker's start, work goes on within a minute
Clock = Callable[[], dt.datetime]


def request_issue(programme: Programme, *, by: User | None, now: dt.datetime) -> IssueRun:
    """Ask for certificates for all who are due; the run that is under way, if there is one.

    Certificates whose PDF could not be made are tried again. Refuses where there is nothing to do, and says why.
    """
    under_way = IssueRun.objects.unfinished().filter(programme=programme).first()
    if under_way:
        return under_way
    refuse_unready(programme, now=now)
    unrendered = Certificate.objects.for_programme(programme).unrendered()
    total = len(due_in(programme)) + unrendered.count()
    if not total:
        raise Refused(_("Nobody is due: everybody who meets the rule has a certificate already."))
    try:
        with transaction.atomic():
            Certificate.objects.filter(pk__in=unrendered.exclude(render_error="")).update(render_error="")
            return IssueRun.objects.create(programme=programme, requested_by=by, requested_at=now, total=total)
    except IntegrityError:
        return IssueRun.objects.unfinished().get(programme=programme)


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


def carry_on(run: IssueRun, *, now: dt.datetime, clock: Clock = timezone.now) -> IssueRun:
    """Issue until nobody is due. Does nothing where the run is finished or another worker has it.

    `now` is the moment of issue that is recorded; `clock` times the lease, which each chunk renews.
    """
    if IssueRun.objects.filter(pk=run.pk).claim(at=clock(), lease=LEASE):
        _Work(run, now, clock).do()
    run.refresh_from_db()
    return run


@dataclass(frozen=True, slots=True)
class _Work:
    """What one worker does for one run."""

    run: IssueRun
    now: dt.datetime
    clock: Clock

    def do(self) -> None:
        programme = self.run.programme
        rule = CompletionRule.objects.in_force(programme)
        due = due_in(programme, rule)  # judged by the version that the certificates name
        leftovers = list(_to_render(programme))
        total = self.run.done + len(leftovers) + len(due)
        IssueRun.objects.filter(pk=self.run.pk).update(total=total)
        for pks in in_chunks(leftovers, CHUNK):
            deliver(pks, now=self.now)
            if not self._report(len(pks)):
                return
        for pks in in_chunks(list(due), CHUNK):
            judged = {pk: due[pk] for pk in pks}
            if rule is not None:
                made = record(programme, judged, rule, by=self.run.requested_by, now=self.now)
                deliver([certificate.pk for certificate in made], now=self.now)
            if not self._report(len(pks)):
                return
        self._finish()

    def _report(self, number: int) -> bool:
        """Progress, and a sign of life; whether the run goes on, or was cancelled meanwhile."""
        self.run.done += number
        row = IssueRun.objects.unfinished().filter(pk=self.run.pk)
        return row.update(done=self.run.done, claimed_at=self.clock()) == 1

    def _finish(self) -> None:
        broken = Certificate.objects.for_programme(self.run.programme).unrendered().exclude(render_error="")
        IssueRun.objects.unfinished().filter(pk=self.run.pk).update(
            finished_at=self.now, refusal=_refusal(list(broken))
        )


def cancel(run: IssueRun, *, by: User, now: dt.datetime) -> IssueRun:
    """Stop a run: its worker ends after the chunk in hand. What is issued stays; who is left is due in the next run."""
    if not IssueRun.objects.unfinished().filter(pk=run.pk).update(finished_at=now, cancelled_by=by):
        raise Refused(_("This run has finished already."))
    run.refresh_from_db()
    return run


def _refusal(broken: Sequence[Certificate]) -> str:
    """What a run that could not make every PDF says; empty where it could."""
    if not broken:
        return ""
    sentence = ngettext(
        "%(count)d certificate is recorded, but its PDF could not be made:",
        "%(count)d certificates are recorded, but their PDFs could not be made:",
        len(broken),
    ) % {"count": len(broken)}
    named = [f"{certificate.serial}: {certificate.render_error}" for certificate in broken[:20]]
    return "\n".join([sentence, *named, *(["…"] if len(broken) > len(named) else [])])


def render_leftovers(*, now: dt.datetime) -> int:
    """Make PDFs that nobody is making: of corrected certificates whose worker was stopped. Returns how many."""
    at_work = IssueRun.objects.unfinished().values("programme")
    pending = Certificate.objects.to_render().exclude(registration__programme__in=at_work)
    return sum(deliver(pks, now=now) for pks in in_chunks(list(pending.values_list("pk", flat=True)), CHUNK))


def _to_render(programme: Programme) -> Iterator[int]:
    pending = Certificate.objects.for_programme(programme).to_render().order_by("pk")
    return iter(pending.values_list("pk", flat=True))
