import { Button, Group, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { answer, api } from "@/api/client";
import { withFiles } from "@/api/files";
import { asProblem, type FieldProblem } from "@/api/problem";
import { useUsername } from "@/api/session";
import type { components } from "@/api/schema";
import { ErrorState } from "@/components/ErrorState";
import { FormView } from "@/components/FormView";
import { forgetTyped, keepTyped, typedAt } from "@/components/typed";
import { Loading } from "@/components/Loading";
import { useKeys } from "@/hooks/keys";
import { useLanguage, useT } from "@/i18n";
import type { Filled, FormHandle } from "@/islands/form";
import { Started } from "./Started";

type Process = components["schemas"]["StartableItem"];

const NONE: readonly FieldProblem[] = [];
const NOTHING_TO_FILL: Filled = { values: {}, isComplete: true, files: new Map() };
const BEFORE_FIELDS = /^\/variables/;

/** The form of a process, and the button that starts it. */
export function StartForm({ process }: { process: Process }) {
  const t = useT("start");
  const language = useLanguage();
  const form = useRef<FormHandle>(null);
  const place = `${useUsername()}/start/${process.id}`;
  const [typed] = useState(() => typedAt(place)?.values ?? {});
  const keep = () => keepTyped(place, { values: form.current?.values() ?? {}, replaces: null });
  const sheet = useQuery({
    queryKey: ["startable", process.key, "form", language],
    queryFn: () =>
      answer(api.GET("/api/startable/{key}/form", { params: { path: { key: process.key } } })),
    placeholderData: (before) => before,
  });
  const starting = useMutation({
    mutationFn: async ({ values, files }: Filled) => {
      const variables = (await withFiles(values, files)) as Record<string, never>;
      const body = { processDefinitionKey: process.key, variables };
      return answer(api.POST("/v2/process-instances", { body }));
    },
    onSuccess: () => forgetTyped(place),
  });
  const wrong = starting.error ? asProblem(starting.error).errors : NONE;
  const errors = useMemo(
    () => wrong.map((one) => ({ ...one, pointer: one.pointer.replace(BEFORE_FIELDS, "") })),
    [wrong],
  );
  const schema = useMemo(() => JSON.stringify(sheet.data?.form), [sheet.data]);
  const submit = () => {
    const filled = form.current?.submit() ?? NOTHING_TO_FILL;
    if (filled.isComplete && !starting.isPending) starting.mutate(filled);
  };
  useKeys([{ key: "Ctrl+Enter", label: t("start:submit"), run: submit }]);

  if (sheet.error) return <ErrorState error={sheet.error} onRetry={() => void sheet.refetch()} />;
  if (!sheet.data) return <Loading />;
  const name = process.names[language];
  if (starting.data)
    return <Started name={name} instance={starting.data} onAnother={starting.reset} />;
  return (
    <>
      <Title order={2} mb="xs">
        {name}
      </Title>
      {starting.error && wrong.length === 0 && <ErrorState error={starting.error} />}
      {sheet.data.form ? (
        <FormView
          label={t("start:form", { name })}
          schema={schema}
          data={typed}
          onChanged={keep}
          errors={errors}
          handle={form}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t("start:noForm")}
        </Text>
      )}
      <Group mt="md">
        <Button loading={starting.isPending} onClick={submit}>
          {t("start:submit")}
        </Button>
      </Group>
    </>
  );
}
