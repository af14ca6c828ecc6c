"""Whether ODK and Kobo would take a form: pyxform is asked, with values that have been read within our limits."""

import logging
import re

from django.utils.translation import gettext as _

from registrations.later import later
from surveys.xlsform.form import Form
from surveys.xlsform.problems import Findings, sheet_place
from surveys.xlsform.writing import FormWriter, heads_of

pyxform, pyxform_errors = later("pyxform.xls2xform"), later("pyxform.errors")
ROW = re.compile(r"^\s*\[row\s*:\s*\d+\]\s*")


def complaint(form: Form) -> str:
    """What pyxform says against a form, in its own English; "" where nothing is. No Java, no files, no network."""
    logging.getLogger("pyxform").setLevel(logging.WARNING)
    writer = FormWriter(form)
    sheets = {"survey": writer.survey, "choices": writer.choices, "settings": writer.settings}
    book: dict[str, object] = {
        name: [{key: text for key, text in line.items() if text} for line in lines]
        for name, lines in sheets.items()
        if lines
    }
    book.update({f"{name}_header": [dict.fromkeys(heads_of(lines, ()))] for name, lines in sheets.items() if lines})
    try:
        pyxform().convert(book)
    except pyxform_errors().PyXFormError as error:
        return ROW.sub("", str(error)).strip()
    return ""


def refuse_what_odk_refuses(form: Form, findings: Findings) -> None:
    """Find what pyxform says against the form."""
    said = complaint(form)
    if said:
        findings.wrong(
            sheet_place("survey"),
            _("the check by pyxform, as ODK and Kobo make it, failed: %(message)s") % {"message": said[:500]},
        )
