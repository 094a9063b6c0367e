"""Camunda Forms (form-js documents) on the server: read strictly, translated, validated.

``parse_form`` reads a file, ``validate`` checks what a person entered by the rules the browser
has: conditions, expressions, options and patterns included.
"""

from engine.forms.model import FormModel
from engine.forms.parsing import parse_form
from engine.forms.validation import validate

__all__ = ["FormModel", "parse_form", "validate"]
