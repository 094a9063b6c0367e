"""Imported diagrams, without their files."""

from dataclasses import fields

from engine.domain.views import ModelImportView
from engine.persistence.schema import model_import
from engine.persistence.search.catalogue import Catalogue

MODEL_IMPORTS = Catalogue(
    view=ModelImportView,
    source=model_import,
    key="key",
    columns={field.name: model_import.c[field.name] for field in fields(ModelImportView)},
)
