"""The lenient importer: any BPMN file in, a file of our dialect and an honest list out.

`import_bpmn` translates what other tools write (Camunda 7, Operaton, Flowable, Activiti, Spiff,
Signavio, ...) into the Camunda 8 dialect. What it cannot translate becomes a step for a person,
or stays in the file so that a deployment refuses it too; each is a finding by element id. The
engine itself is the judge of what can run. Nothing of a file is ever evaluated.
"""

from engine.importer.pipeline import import_bpmn
from engine.importer.result import ImportResult

__all__ = ["ImportResult", "import_bpmn"]
