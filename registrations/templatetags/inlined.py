"""Style sheets and scripts written into the page; which ones there are is said in the settings."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def style(name: str) -> SafeString:
    """The style sheet `name` as an element of the page; KeyError for one that the policy does not allow."""
    return SafeString(f"<style>{settings.INLINED[name]}</style>")


@register.simple_tag
def script(name: str) -> SafeString:
    """The script `name` as an element at the end of the page; KeyError for one that the policy does not allow."""
    return SafeString(f"<script>{settings.INLINED[name]}</script>")
