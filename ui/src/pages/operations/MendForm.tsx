import { Autocomplete, Button, JsonInput, NumberInput, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { useVariableWords, VariableWords } from "@/components/facts/variableWords";
import { useT } from "@/i18n";
import type { Incident } from "./lists";
import { useMend, valuesQuery } from "./mending";

interface Props {
  incident: Incident;
  onDone: () => void;
}

/** Changes a value or the tries of a job, says why, and tries the step again. */
export function MendForm(props: Props) {
  const { incident } = props;
  const instances = useMemo(() => [incident], [incident]);
  return (
    <VariableWords instances={instances}>
      <Fields {...props} />
    </VariableWords>
  );
}

function Fields({ incident, onDone }: Props) {
  const t = useT("operations");
  const words = useVariableWords();
  const values = useQuery(valuesQuery(incident.processInstanceKey)).data;
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const [retries, setRetries] = useState<number | string>("");
  const [reason, setReason] = useState("");
  const mend = useMend(incident.incidentKey, onDone);
  const given = name === "" ? {} : parsed(value);
  const choose = (chosen: string) => {
    setName(chosen);
    const known = values?.get(chosen);
    if (known !== undefined) setValue(known);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (given)
      mend.mutate({
        ...(name !== "" && { variables: { [name]: given.value } }),
        ...(typeof retries === "number" && { retries }),
        reason,
      });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="xs">
        <Autocomplete
          size="sm"
          label={t("operations:mending.variable")}
          description={words.label({ instance: incident.processInstanceKey, path: name })}
          data={[...(values?.keys() ?? [])].sort()}
          limit={100}
          value={name}
          onChange={choose}
        />
        {name !== "" && (
          <JsonInput
            size="sm"
            label={t("operations:mending.value")}
            description={t("operations:mending.valueHint")}
            error={!given && t("operations:mending.notJson")}
            autosize
            minRows={1}
            maxRows={12}
            required
            value={value}
            onChange={setValue}
          />
        )}
        {incident.jobKey && (
          <NumberInput
            size="sm"
            label={t("operations:mending.retries")}
            min={1}
            max={100}
            allowDecimal={false}
            hideControls
            value={retries}
            onChange={setRetries}
          />
        )}
        <TextInput
          size="sm"
          label={t("operations:mending.reason")}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {mend.error && <ErrorState error={mend.error} />}
        <Button type="submit" variant="default" loading={mend.isPending} disabled={!given}>
          {t("operations:mending.do")}
        </Button>
      </Stack>
    </form>
  );
}

/** Returns the value of a JSON text, undefined if it is none. */
function parsed(text: string): { value?: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
