import { type Ref, useImperativeHandle, useMemo, useState } from "react";
import type { FieldProblem } from "@/api/problem";
import { ErrorState } from "@/components/ErrorState";
import { useFieldWords } from "@/components/fieldWords";
import { FormErrors } from "@/components/FormErrors";
import { withReadableTimes } from "@/components/readableTimes";
import { useLanguage } from "@/i18n";
import type { FormHandle, FormProps, Values } from "@/islands/form";
import { Island } from "@/islands/Island";

const load = () => import("@/islands/form");

interface Props {
  /** What the form is for. */
  label: string;
  /** The form-js schema as the server sends it, already in the reader's language. */
  schema: string;
  /** What the fields hold at first. */
  data: Values;
  readOnly?: boolean;
  /** `errors` of a refusal. */
  errors?: readonly FieldProblem[];
  onChanged?: () => void;
  /** To submit: `handle.current.submit()`. */
  handle?: Ref<FormHandle | null>;
}

const NONE: readonly FieldProblem[] = [];

/** A form. The server's errors stand at their fields, and above them for who cannot see these. */
export function FormView({
  label,
  schema,
  data,
  readOnly,
  errors = NONE,
  onChanged,
  handle,
}: Props) {
  const language = useLanguage();
  const [failure, setFailure] = useState<unknown>();
  const [form, setForm] = useState<FormHandle | null>(null);
  useImperativeHandle(handle, () => form as FormHandle, [form]);
  const words = useFieldWords();
  const said = useMemo(
    () => errors.map((error) => ({ ...error, detail: words(error) })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the words change with the language
    [errors, language],
  );
  const parsed = useMemo(
    () => withReadableTimes(JSON.parse(schema) as FormProps["schema"], data, language),
    [schema, data, language],
  );
  const props = useMemo<FormProps>(
    () => ({
      schema: parsed,
      data,
      language,
      readOnly: readOnly ?? false,
      errors: said,
      onChanged,
      onFailed: setFailure,
    }),
    [parsed, data, language, readOnly, said, onChanged],
  );
  if (failure) return <ErrorState error={failure} />;
  return (
    <section aria-label={label}>
      {said.length > 0 && (
        <FormErrors schema={parsed} errors={said} onFocus={(pointer) => form?.focus(pointer)} />
      )}
      <Island<FormProps, FormHandle>
        load={load}
        props={props}
        handle={setForm}
        className="form-view"
      />
    </section>
  );
}
