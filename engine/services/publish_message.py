"""The built-in job type that publishes a message, as message throw events in Camunda 8 do.

Publishing and completing the job are one transaction: the message is sent exactly once.
"""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.domain.identity import ENGINE
from engine.errors import ConnectorRejected
from engine.feel import compile_expression
from engine.services.command import Command
from engine.services.context import Context
from engine.services.jobs import ActivatedJob, complete_in, open_job
from engine.services.messages import publish_in
from engine.services.runaways import RanAway, run_past

PUBLISH_MESSAGE = "redress:publish-message"


class _Inputs(BaseModel):
    """The job's local variables, from the element's input mappings."""

    model_config = ConfigDict(extra="ignore")

    message_name: str = Field(min_length=1)
    correlation_key: str = Field(min_length=1)
    message_id: str | None = None
    time_to_live: str = "PT1H"
    payload: dict[str, object] = Field(default_factory=dict)


class PublishMessage:
    """Carries out jobs of the type `PUBLISH_MESSAGE`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def complete(self, job: ActivatedJob) -> None:
        """Publish what the job says and complete it; raises ConnectorRejected for bad inputs."""
        try:
            inputs = _Inputs.model_validate(job.variables)
        except ValidationError as error:
            first = error.errors()[0]
            raise ConnectorRejected(f"{first['loc'][0]}: {first['msg']}") from error
        time_to_live = _duration(inputs.time_to_live)

        def work(command: Command, ran_away: RanAway) -> None:
            row = open_job(command, job.row, job.row.lease_token)

            def publish() -> None:
                publish_in(
                    command,
                    name=inputs.message_name,
                    correlation_key=inputs.correlation_key,
                    variables=inputs.payload,
                    message_id=inputs.message_id,
                    time_to_live=time_to_live,
                    business_id=job.business_id,
                    ran_away=ran_away,
                )

            complete_in(command, row, {}, before_leaving=publish)

        run_past(self._context, ENGINE, work)


def _duration(text: str) -> timedelta:
    value = compile_expression("duration(text)").evaluate({"text": text})
    if not isinstance(value, timedelta):
        raise ConnectorRejected(f"time_to_live: {text!r} is no duration such as PT1H")
    return value
