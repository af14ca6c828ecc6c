"""The library as an Atom feed (RFC 4287), newest entries first."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from reports.library.models import EntryQuerySet, LibraryEntry
from reports.library.shelf import Card

NEWEST = 50


class LibraryFeed(Feed):
    """Talks and stories in the reader's language."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Of the whole."""
        return _("Library of talks and impact stories")

    def link(self) -> str:
        """The library itself."""
        return reverse("library")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The library is one."""
        return None

    def items(self) -> EntryQuerySet:
        """The newest."""
        entries = LibraryEntry.objects.on_show(timezone.now()).with_rows()
        return entries.order_by("-changed_at", "-day", "place", "pk")[:NEWEST]

    def item_title(self, item: Any) -> str:
        """Of one entry."""
        return Card.of(item, ()).title.told.text

    def item_description(self, item: Any) -> str:
        """Its beginning."""
        text = Card.of(item, ()).text
        return "".join(piece.text for piece in text.pieces) if text else ""

    def item_pubdate(self, item: Any) -> dt.datetime:
        """When the library got it, or when it changed."""
        moment: dt.datetime = item.changed_at
        return moment

    item_updateddate = item_pubdate
