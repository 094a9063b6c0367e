"""The settings of other engines, translated to ours or named one by one."""

from engine.importer.draft import Draft, make_user_task
from engine.importer.vendors import camunda, spiff, standard
from engine.importer.vendors.foreign import Foreign
from engine.importer.xml import BPMN, is_bpmn, local_name


def translate_settings(draft: Draft) -> None:
    """Translate the settings of every element; what is left over is reported by name."""
    for element in list(draft.root.iter(f"{BPMN}*")):
        if not is_bpmn(element) or local_name(element) == "extensionElements":
            continue
        foreign = Foreign(draft=draft, element=element)
        if not foreign.is_empty:
            camunda.translate(foreign)
            spiff.translate(foreign)
            foreign.report_rest()
        standard.translate(draft, element)
        if local_name(element) == "userTask":
            make_user_task(element)
