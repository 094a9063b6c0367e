"""BPMN on SpiffWorkflow: the only importer of the library. Spiff moves tokens, we own the rest."""
