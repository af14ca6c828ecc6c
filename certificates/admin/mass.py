"""Revoking or replacing many certificates at once: a page of its own asks again before anything happens."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certificates.actions.mass import replace_many, revoke_many
from certificates.admin.page import page
from certificates.errors import Refused
from certificates.forms import RevokeForm
from certificates.models import Certificate
from certificates.tasks import continue_issue_runs
from registrations.backoffice import user_of
from registrations.doorbell import ring

SHOWN = 20


class NumberForm(forms.Form):
    """The number of certificates, typed."""

    number = forms.IntegerField(
        label=gettext_lazy("How many certificates"),
        help_text=gettext_lazy("Type the number that stands above, to say that you mean all of them."),
        min_value=1,
        widget=forms.NumberInput(attrs={"autocomplete": "off"}),
    )


class RevokeManyForm(RevokeForm, NumberForm):
    """Why they are taken back, and how many they are."""


def mass_view(
    request: HttpRequest, site: AdminSite, rows: QuerySet[Certificate], *, is_revoking: bool
) -> HttpResponse | None:
    """Ask; where the answer is right, do it and go back to the list (None)."""
    form = (RevokeManyForm if is_revoking else NumberForm)(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        try:
            done = _do(request, rows, form, is_revoking)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(done, is_revoking))
            return None
    standing = rows.current()  # type: ignore[attr-defined]
    return page(
        request,
        site,
        "mass",
        _("Revoke certificates") if is_revoking else _("Replace certificates"),
        form=form,
        is_revoking=is_revoking,
        number=standing.count(),
        others=rows.count() - standing.count(),
        first=list(standing.order_by("serial")[:SHOWN]),
        action=request.POST.get("action", ""),
        across=request.POST.get("select_across", "0"),
        selected=request.POST.getlist(ACTION_CHECKBOX_NAME),
        checkbox=ACTION_CHECKBOX_NAME,
    )


def _do(request: HttpRequest, rows: QuerySet[Certificate], form: forms.Form, is_revoking: bool) -> int:
    if is_revoking:
        return revoke_many(rows, **form.cleaned_data, by=user_of(request), now=timezone.now())
    done = replace_many(rows, **form.cleaned_data, by=user_of(request), now=timezone.now())
    ring(continue_issue_runs)
    return done


def _said(done: int, is_revoking: bool) -> str:
    if is_revoking:
        text = ngettext("%(count)d certificate is revoked.", "%(count)d certificates are revoked.", done)
    else:
        text = ngettext(
            "%(count)d certificate is replaced; its PDF and mail follow.",
            "%(count)d certificates are replaced; their PDFs and mails follow.",
            done,
        )
    return text % {"count": done}
