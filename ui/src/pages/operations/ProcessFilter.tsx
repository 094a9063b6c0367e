import { NativeSelect } from "@mantine/core";
import { useProcessNames } from "@/api/directory";
import { useT } from "@/i18n";

interface Props {
  value: string | undefined;
  onChange: (process: string | undefined) => void;
}

export function ProcessFilter({ value, onChange }: Props) {
  const t = useT("operations");
  const processes = useProcessNames();
  return (
    <NativeSelect
      size="xs"
      aria-label={t("operations:filters.process")}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[
        { value: "", label: t("operations:filters.anyProcess") },
        ...[...processes].map(([id, label]) => ({ value: id, label })),
      ]}
    />
  );
}
