"""Why an element cannot go on until a person has mended something."""

from enum import StrEnum


class ErrorType(StrEnum):
    """Camunda 8's words for the causes of an incident, those that the engine itself raises."""

    CALLED_DECISION_ERROR = "CALLED_DECISION_ERROR"
    CONDITION_ERROR = "CONDITION_ERROR"
    DECISION_EVALUATION_ERROR = "DECISION_EVALUATION_ERROR"
    EXTRACT_VALUE_ERROR = "EXTRACT_VALUE_ERROR"
    IO_MAPPING_ERROR = "IO_MAPPING_ERROR"
    UNHANDLED_ERROR_EVENT = "UNHANDLED_ERROR_EVENT"
    UNSPECIFIED = "UNSPECIFIED"


class ElementFailed(Exception):
    """An element cannot be carried out as things stand; its token stays and may be retried.

    Never leaves `engine.bpmn`: it becomes an `IncidentRaised` fact.
    """

    def __init__(self, error_type: ErrorType, message: str) -> None:
        super().__init__(message)
        self.error_type = error_type
