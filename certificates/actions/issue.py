"""Issuing in bulk: a run is asked for, and carried on by whoever finds it until everybody who is due has a certificate.

A run that was asked for on the page of the check makes that check again before anything else, and issues nothing where it
finds a problem, or a doubt that nobody was shown. A worker may be killed at any point. What is due is read from the
database each time (complete by the rule and without a certificate; recorded but without a PDF), so a run that starts again
does what is left and nothing twice.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.actions import checked
from certificates.actions.due import due_in, refuse_unready
from certificates.actions.preflight import halt_of, look
from certificates.actions.records import deliver, record
from certificates.completion import Evaluation
from certificates.errors import Refused
from certificates.models import Certificate, CompletionRule, IssueRun
from registrations.models import Programme, User
from sessions.chunks import in_chunks

CHUNK = 50  # under half a second of typesetting between two signs of life
LEASE = dt.timedelta(seconds=20)  # with the sweep and a worker's start, work goes on within a minute
Clock = Callable[[], dt.datetime]


def request_issue(
    programme: Programme, *, by: User | None, now: dt.datetime, shown: checked.Shown | None = None
) -> IssueRun:
    """Ask for certificates for all who are due; the run that is under way, if there is one.

    Certificates whose PDF could not be made are tried again. Refuses where there is nothing to do, and says why. Where the
    check was `shown`, the run makes it again first; else everybody is judged here, and nothing is checked.
    """
    under_way = IssueRun.objects.unfinished().filter(programme=programme).first()
    if under_way:
        return under_way
    refuse_unready(programme, now=now)
    unrendered = Certificate.objects.for_programme(programme).unrendered()
    total = (shown.due if shown else len(due_in(programme))) + unrendered.count()
    if not total:
        raise Refused(_("Nobody is due: everybody who meets the rule has a certificate already."))
    try:
        with transaction.atomic():
            Certificate.objects.filter(pk__in=unrendered.exclude(render_error="")).update(render_error="")
            return IssueRun.objects.create(
                programme=programme,
                requested_by=by,
                requested_at=now,
                total=total,
                accepted=shown.accepted if shown else None,
            )
    except IntegrityError:
        return IssueRun.objects.unfinished().get(programme=programme)


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
        if not self._is_checked(due):
            return
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

    def _is_checked(self, due: Mapping[int, Evaluation]) -> bool:
        """Whether all of these may be issued; the check that was asked for is made once, of exactly those who are due."""
        if self.run.accepted is None:
            return True
        if not self._report(0):
            return False
        programme = self.run.programme
        found = look(programme, now=self.now, due=due)
        halt = halt_of(programme, found, self.run.accepted, now=self.now)
        if halt:
            checked.keep(programme, found, now=self.now)
        ended = {"finished_at": self.now, "halt": halt} if halt else {}
        row = IssueRun.objects.unfinished().filter(pk=self.run.pk)
        return row.update(accepted=None, claimed_at=self.clock(), **ended) == 1 and not halt

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
    if not IssueRun.objects.unfinished().filter(pk=run.pk).update(finished_at=now, cancelled_by=by, accepted=None):
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
