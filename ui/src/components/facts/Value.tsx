import { Code, Text } from "@mantine/core";
import { useT } from "@/i18n";

/** A value of a case as people read it: texts without quotes, nothing as "(empty)", lists as JSON. */
export function Value({ value }: { value: unknown }) {
  const t = useT("facts");
  if (value === null || value === undefined || value === "")
    return (
      <Text span size="sm" c="dimmed">
        {t("facts:nothing")}
      </Text>
    );
  if (typeof value === "boolean")
    return (
      <Text span size="sm">
        {value ? t("facts:yes") : t("facts:no")}
      </Text>
    );
  if (typeof value === "object")
    return (
      <Code block className="fact-json" tabIndex={0}>
        {JSON.stringify(value, null, 2)}
      </Code>
    );
  return (
    <Text span size="sm" className="fact-text">
      {String(value)}
    </Text>
  );
}
