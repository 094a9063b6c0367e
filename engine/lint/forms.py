"""Is every text of a form there in every language that the form has?"""

from engine.forms.model import FormModel
from engine.forms.translation import untranslated
from engine.lint.rules import Report

_LANGUAGES = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}


def check_form(form: FormModel, report: Report) -> None:
    """Name each component of which a text is missing in a language that others have."""
    for gap in untranslated(form.schema):
        english, chinese = _LANGUAGES.get(gap.language, (gap.language, gap.language))
        report.add(
            "form-text-missing",
            gap.component,
            language=english,
            language_zh=chinese,
            texts=", ".join(gap.texts),
        )
