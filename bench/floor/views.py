"""A page of twenty rows, and a form that stores one."""

from typing import ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

ROWS = 20


class Person(models.Model):
    """A row of a table that the bench makes for itself."""

    name = models.CharField(max_length=200)
    email = models.EmailField()
    city = models.CharField(max_length=120)

    objects: ClassVar[models.Manager["Person"]] = models.Manager()

    class Meta:
        app_label = "floor"
        db_table = "bench_person"
        managed = False

    def __str__(self) -> str:
        return self.name


class PersonForm(forms.ModelForm):
    """Three lines of text."""

    class Meta:
        model = Person
        fields = ["name", "email", "city"]


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Floor of the programme page: one query of twenty rows in a small template."""
    return render(request, "rows.html", {"people": Person.objects.order_by("pk")[:ROWS]})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Floor of the registration: a form behind session and CSRF, and an INSERT."""
    form = PersonForm(request.POST or None, initial={"name": request.session.get("name", "")})
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("thanks")
    return render(request, "sign_up.html", {"form": form})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Where the form leads."""
    return HttpResponse("Thank you.")
