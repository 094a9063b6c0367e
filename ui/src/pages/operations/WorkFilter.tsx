import { NativeSelect } from "@mantine/core";
import { useT } from "@/i18n";
import { useWorkNames } from "./works";

interface Props {
  /** The type of the jobs. */
  value: string | undefined;
  onChange: (work: string | undefined) => void;
}

/** Which work of outside systems: e-mails, refunds, webhooks. */
export function WorkFilter({ value, onChange }: Props) {
  const t = useT("operations");
  const works = new Map(useWorkNames());
  if (value && !works.has(value)) works.set(value, value);
  return (
    <NativeSelect
      size="xs"
      aria-label={t("operations:filters.work")}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[
        { value: "", label: t("operations:filters.anyWork") },
        ...[...works].map(([type, label]) => ({ value: type, label })),
      ]}
    />
  );
}
