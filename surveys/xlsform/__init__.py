"""Exchange of surveys as XLSForm, the convention of ODK and Kobo: workbooks to plain values and back.

Sources: xlsform.org/en and the ODK XForms specification. What Baraza supports is read and written without loss; what it
does not is named row by row. Columns of our own: ``baraza_kind``, ``bank_key`` and ``counts_for_validity`` (survey),
``exclusive`` and ``is_other`` (choices), ``baraza_kind``, ``session``, ``anonymous``, ``opens_at``, ``closes_at``,
``introduction`` and ``thanks`` (settings). pyxform takes them without complaint.
"""

from surveys.xlsform.form import Form, FormChoice, FormGroup, FormQuestion, Item
from surveys.xlsform.reading import Reading, read_form
from surveys.xlsform.writing import written

__all__ = ["Form", "FormChoice", "FormGroup", "FormQuestion", "Item", "Reading", "read_form", "written"]
