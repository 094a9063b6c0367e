import { Alert, Button, Group, SegmentedControl, Text, Textarea } from "@mantine/core";
import { useDebouncedValue, useLocalStorage } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { answer, api } from "@/api/client";
import { asProblem, type FieldProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { ErrorState } from "@/components/ErrorState";
import { FormView } from "@/components/FormView";
import { Loading } from "@/components/Loading";
import { type Language, useLanguage, useT } from "@/i18n";
import type { FormHandle, Values } from "@/islands/form";
import type { FormDocument } from "@/islands/formeditor/document";

type Variables = components["schemas"]["FormTry"]["variables"];

const PAUSE_MS = 400;
const NONE: readonly FieldProblem[] = [];

interface Props {
  file: string;
  form: FormDocument;
}

/** The form as staff see it, with data to open it with, and the server's answer to what is entered. */
export function TryForm({ file, form }: Props) {
  const t = useT("forms");
  const reader = useLanguage();
  const [language, setLanguage] = useState<Language>(reader);
  const [typed, setTyped] = useLocalStorage({
    key: `redress.try.${file}`,
    defaultValue: "{}",
    getInitialValueInEffect: false,
  });
  const data = useMemo(() => objectOf(typed), [typed]);
  return (
    <div className="form-try">
      <section aria-label={t("forms:try.data")}>
        <Textarea
          label={t("forms:try.data")}
          description={t("forms:try.dataText")}
          autosize
          minRows={4}
          maxRows={16}
          classNames={{ input: "form-code" }}
          spellCheck={false}
          value={typed}
          error={data ? null : t("forms:try.noJson")}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          mt="sm"
          size="xs"
          aria-label={t("forms:try.language")}
          data={[
            { value: "en", label: "English" },
            { value: "zh", label: "中文" },
          ]}
          value={language}
          onChange={(chosen) => setLanguage(chosen as Language)}
        />
      </section>
      {data && <Sheet form={form} data={data} language={language} />}
    </div>
  );
}

interface SheetProps {
  form: FormDocument;
  data: Values;
  language: Language;
}

function Sheet({ form, data, language }: SheetProps) {
  const t = useT("forms");
  const handle = useRef<FormHandle | null>(null);
  const [asked] = useDebouncedValue({ form, data, language }, PAUSE_MS);
  const found = useQuery({
    queryKey: ["form-try", asked],
    queryFn: () => tried(asked.form, {}, asked.data, asked.language),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const checking = useMutation({
    mutationFn: () => tried(form, handle.current?.values() ?? {}, data, language),
  });
  const schema = useMemo(() => found.data && JSON.stringify(found.data.schema), [found.data]);
  const errors = useMemo<readonly FieldProblem[]>(
    () =>
      checking.data?.errors.map((one) => ({
        pointer: one.pointer,
        detail: one.message,
        code: one.code,
        params: one.params,
      })) ?? NONE,
    [checking.data],
  );
  if (found.error) return <Refused error={found.error} />;
  if (!schema) return <Loading />;
  return (
    <>
      <section aria-label={t("forms:try.form")} className="form-try-sheet">
        <FormView
          key={JSON.stringify(asked.data)}
          label={t("forms:try.form")}
          schema={schema}
          data={asked.data}
          errors={errors}
          handle={handle}
        />
        <Group mt="sm">
          <Button loading={checking.isPending} onClick={() => checking.mutate()}>
            {t("forms:try.do")}
          </Button>
        </Group>
      </section>
      <section aria-label={t("forms:try.answer")}>
        <Text size="sm" fw={600} mb={6}>
          {t("forms:try.answer")}
        </Text>
        {checking.error ? <Refused error={checking.error} /> : <Answer found={checking.data} />}
      </section>
    </>
  );
}

function Answer({ found }: { found: components["schemas"]["FormTryResult"] | undefined }) {
  const t = useT("forms");
  if (!found)
    return (
      <Text size="sm" c="dimmed">
        {t("forms:try.how")}
      </Text>
    );
  if (!found.values)
    return (
      <Alert
        color="red"
        role="status"
        icon={<IconAlertTriangle size={18} aria-hidden />}
        title={t("forms:try.refused", { count: found.errors.length })}
      >
        {t("forms:try.refusedText")}
      </Alert>
    );
  return (
    <>
      <Alert
        color="green"
        role="status"
        mb="xs"
        icon={<IconCircleCheck size={18} aria-hidden />}
        title={t("forms:try.taken")}
      >
        {t("forms:try.takenText")}
      </Alert>
      <pre className="form-code form-try-values">{JSON.stringify(found.values, null, 2)}</pre>
    </>
  );
}

/** A file with errors is not tried; what is wrong stands below. */
function Refused({ error }: { error: unknown }) {
  const t = useT("forms");
  if (asProblem(error).status >= 500 || asProblem(error).status === 0)
    return <ErrorState error={error} />;
  return (
    <Alert color="red" title={t("forms:try.broken")}>
      {t("forms:try.brokenText")}
    </Alert>
  );
}

function tried(form: FormDocument, data: Values, variables: Values, language: Language) {
  const body = { schema: form, data, variables: variables as Variables, language };
  return answer(api.POST("/api/forms/try", { body: body as never }));
}

function objectOf(typed: string): Values | null {
  try {
    const found: unknown = JSON.parse(typed.trim() || "{}");
    return found && typeof found === "object" && !Array.isArray(found) ? (found as Values) : null;
  } catch {
    return null;
  }
}
