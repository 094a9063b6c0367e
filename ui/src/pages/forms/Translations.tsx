import { Badge, Group, Switch, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { EmptyState } from "@/components/EmptyState";
import { type Language, useLanguage, useT } from "@/i18n";
import { type FormDocument, nameOf, writeForm } from "@/islands/formeditor/document";
import { type FormText, labelOf, textsOf, written } from "./reading";

interface Props {
  form: FormDocument;
  /** Somebody writes: the cell, and the file that comes of it. */
  onChanged: (cell: string, content: string) => void;
}

const LANGUAGES: readonly Language[] = ["en", "zh"];

/** Every text of the form beside its translation; what is missing is marked. */
export function Translations({ form, onChanged }: Props) {
  const t = useT("forms");
  const rows = useMemo(() => textsOf(form), [form]);
  const [kept, setKept] = useState<readonly string[] | null>(null);
  const missing = rows.filter((row) => row.missing.length > 0);
  const shown = kept ? rows.filter((row) => kept.includes(cellOf(row))) : rows;
  const write = (row: FormText, language: Language, words: string) =>
    onChanged(`${cellOf(row)} ${language}`, writeForm(written(form, row, language, words)));
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed" maw={720}>
          {t("forms:translations.text")}
        </Text>
        <Group gap="sm">
          <Count missing={missing.length} />
          <Switch
            size="xs"
            label={t("forms:translations.only")}
            checked={kept !== null}
            disabled={kept === null && missing.length === 0}
            onChange={(event) => setKept(event.currentTarget.checked ? missing.map(cellOf) : null)}
          />
        </Group>
      </Group>
      {shown.length === 0 ? (
        <EmptyState title={t("forms:translations.none")} />
      ) : (
        <div
          role="region"
          className="translations-frame"
          tabIndex={0}
          aria-label={t("forms:tabs.translations")}
        >
          <table className="translations" aria-label={t("forms:tabs.translations")}>
            <thead>
              <tr>
                <th scope="col">{t("forms:translations.where")}</th>
                <th scope="col">{t("forms:translations.en")}</th>
                <th scope="col">{t("forms:translations.zh")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row key={cellOf(row)} form={form} row={row} onWritten={write} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Count({ missing }: { missing: number }) {
  const t = useT("forms");
  return (
    <span role="status">
      {missing > 0 ? (
        <Badge color="orange" leftSection={<IconAlertTriangle size={13} aria-hidden />}>
          {t("forms:translations.missing", { count: missing })}
        </Badge>
      ) : (
        <Badge color="green" leftSection={<IconCircleCheck size={13} aria-hidden />}>
          {t("forms:translations.complete")}
        </Badge>
      )}
    </span>
  );
}

interface RowProps {
  form: FormDocument;
  row: FormText;
  onWritten: (row: FormText, language: Language, words: string) => void;
}

function Row({ form, row, onWritten }: RowProps) {
  const t = useT("forms");
  const language = useLanguage();
  const { component, option, missing } = row;
  const kind =
    option === undefined
      ? t(`forms:texts.${row.text}`)
      : t("forms:texts.optionOf", { value: option });
  const own = component && (saidOf(form, row, language) ?? nameOf(component));
  const where = own ?? t("forms:translations.form");
  return (
    <tr>
      <th scope="row">
        <span className="translations-owner">{where}</span>
        <Text span size="xs" c="dimmed" display="block">
          {kind}
        </Text>
      </th>
      {LANGUAGES.map((one) => (
        <td key={one} data-missing={missing.includes(one) || undefined}>
          <textarea
            rows={1}
            lang={one === "zh" ? "zh-CN" : "en"}
            aria-label={`${where}, ${kind}, ${t(`forms:translations.${one}`)}`}
            value={row.said[one]}
            onChange={(event) => onWritten(row, one, event.currentTarget.value)}
          />
          {missing.includes(one) && (
            <span className="translations-missing">
              <IconAlertTriangle size={13} aria-hidden />
              {t("forms:translations.lacking")}
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}

/** What the component is called in the reader's language. */
function saidOf(form: FormDocument, { component }: FormText, language: Language) {
  if (!component) return undefined;
  const entry = form.translations?.[language]?.[nameOf(component)] as
    { label?: string } | undefined;
  return entry?.label || labelOf(form, component.id ?? nameOf(component));
}

function cellOf({ component, text, option }: FormText): string {
  return [component?.id ?? (component && nameOf(component)), text, option].join(" ");
}
