"""The start form of a process: checked also when a program starts the process.

Fields of the form keep the form's rules. Other variables pass untouched, for programs may know
more than the form asks.
"""

from collections.abc import Mapping

from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.identity import Actor
from engine.forms import FormModel
from engine.services.command import Command, Running
from engine.services.form_submission import FormSubmission


class StartForm:
    """What *actor* sends to start an instance of *definition*, inside the running command."""

    def __init__(self, command: Command, actor: Actor, definition: Definition) -> None:
        self._form = _form_of(command, definition)
        self._submission = FormSubmission(command, actor, instance_key=None)

    def checked(self, variables: Mapping[str, object]) -> Mapping[str, object]:
        """Return the variables to start with; raises InvalidInput with one problem per field."""
        if self._form is None:
            return variables
        known = self._form.shape.members.keys()
        entered = {name: value for name, value in variables.items() if name in known}
        others = {name: value for name, value in variables.items() if name not in known}
        return others | self._submission.checked(self._form, entered, variables=others)

    def keep_files(self, started: Running) -> None:
        """Make the files that were named part of the new instance."""
        self._submission.keep_files(started.row.key)


def _form_of(command: Command, definition: Definition) -> FormModel | None:
    models = command.context.models
    start = models.process(command.connection, definition).start_event(None)
    if start is None or start.form is None:
        return None
    linked = models.resolve(
        command.connection,
        DefinitionKind.FORM,
        start.form,
        deployment_key=definition.deployment_key,
    )
    return models.form(command.connection, linked)
