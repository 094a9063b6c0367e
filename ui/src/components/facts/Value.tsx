import "./facts.css";
import { Anchor, Code, Text } from "@mantine/core";
import { DateText } from "@/components/facts/DateText";
import { useVariableWords } from "@/components/facts/variableWords";
import { locale, useLanguage, useT } from "@/i18n";

interface Props {
  value: unknown;
  /** Of which process instance's variable, and of which: `customer` or `customer.email`. */
  instance?: string | null;
  path?: string;
}

/** Deeper than this a value is no longer read, but searched: it is shown as JSON. */
const MOST_LEVELS = 4;

/** A value of a case as people read it: in words, in their language and zone, with all its parts. */
export function Value({ value, instance = null, path = "" }: Props) {
  if (typeof value !== "object" || value === null)
    return <Single value={value} instance={instance} path={path} />;
  if ("camunda.document.type" in value) return <Document reference={value} />;
  if (path.split(".").length > MOST_LEVELS)
    return (
      <Code block className="fact-json" tabIndex={0}>
        {JSON.stringify(value, null, 2)}
      </Code>
    );
  if (Array.isArray(value)) return <List values={value} instance={instance} path={path} />;
  return <Parts parts={value as Record<string, unknown>} instance={instance} path={path} />;
}

function Single({ value, instance, path }: Required<Props>) {
  const t = useT("facts");
  const language = useLanguage();
  const words = useVariableWords();
  if (value === null || value === undefined || value === "")
    return (
      <Text span size="sm" c="dimmed">
        {t("facts:nothing")}
      </Text>
    );
  const written = () => {
    const known = words.option({ instance, path }, String(value));
    if (known !== undefined) return known;
    if (typeof value === "boolean") return value ? t("facts:yes") : t("facts:no");
    if (typeof value === "number")
      return new Intl.NumberFormat(locale(language), { maximumFractionDigits: 20 }).format(value);
    return <DateText text={String(value)} />;
  };
  return (
    <Text span size="sm" className="fact-text">
      {written()}
    </Text>
  );
}

/** A file of the case, as forms refer to it. */
function Document({ reference }: { reference: object }) {
  const { documentId, metadata } = reference as {
    documentId: string;
    metadata?: { fileName?: string };
  };
  return (
    <Anchor href={`/v2/documents/${documentId}`} download size="sm">
      {metadata?.fileName ?? documentId}
    </Anchor>
  );
}

function List({ values, instance, path }: Omit<Required<Props>, "value"> & { values: unknown[] }) {
  if (values.length === 0) return <Single value={null} instance={instance} path={path} />;
  return (
    <ul className="fact-list">
      {values.map((value, index) => (
        <li key={index}>
          <Value value={value} instance={instance} path={path} />
        </li>
      ))}
    </ul>
  );
}

function Parts({
  parts,
  instance,
  path,
}: Omit<Required<Props>, "value"> & { parts: Record<string, unknown> }) {
  const entries = Object.entries(parts);
  if (entries.length === 0) return <Single value={null} instance={instance} path={path} />;
  return (
    <dl className="fact-parts">
      {entries.map(([name, value]) => {
        const inside = path ? `${path}.${name}` : name;
        return (
          <div key={name}>
            <dt>
              <VariableLabel instance={instance} path={inside} />
            </dt>
            <dd>
              <Value value={value} instance={instance} path={inside} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What people call a variable or a part of one; its name in the diagram is in the tooltip. */
export function VariableLabel({ instance, path }: { instance: string | null; path: string }) {
  const words = useVariableWords();
  const label = words.label({ instance, path });
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (label === undefined)
    return (
      <span lang="en" className="fact-raw">
        {name}
      </span>
    );
  return <span title={name}>{label}</span>;
}
