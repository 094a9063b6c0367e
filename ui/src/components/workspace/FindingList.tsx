import { Badge, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useLanguage, useT } from "@/i18n";
import type { Finding } from "./findings";
import "./workspace.css";

const LOOKS = {
  error: { color: "red", Icon: IconCircleX },
  warning: { color: "orange", Icon: IconAlertTriangle },
  info: { color: "blue", Icon: IconInfoCircle },
} as const;

interface Props {
  label: string;
  findings: readonly Finding[];
  /** The name of an element for readers; without it elements are named by their ids. */
  nameOf?: (elementId: string) => string | undefined;
  onChosen?: ((finding: Finding) => void) | undefined;
}

/** Findings in words: what is wrong, where, and how it is mended. */
export function FindingList({ label, findings, nameOf, onChosen }: Props) {
  const language = useLanguage();
  return (
    <ul className="finding-list" aria-label={label}>
      {findings.map((finding, index) => {
        const words = (
          <Words
            finding={finding}
            isChinese={language === "zh"}
            name={finding.elementId ? (nameOf?.(finding.elementId) ?? finding.elementId) : null}
          />
        );
        return (
          <li key={index}>
            {onChosen && finding.elementId ? (
              <button type="button" className="finding" onClick={() => onChosen(finding)}>
                {words}
              </button>
            ) : (
              <div className="finding">{words}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface WordsProps {
  finding: Finding;
  isChinese: boolean;
  name: string | null;
}

function Words({ finding, isChinese, name }: WordsProps) {
  const t = useT("workspace");
  const { color, Icon } = LOOKS[finding.severity];
  const mend = isChinese ? finding.mendZh : finding.mendEn;
  return (
    <>
      <Badge color={color} leftSection={<Icon size={13} aria-hidden />} className="finding-badge">
        {t(`workspace:severity.${finding.severity}`)}
      </Badge>
      <span className="finding-words">
        {name && <strong>{name}: </strong>}
        {isChinese ? finding.messageZh : finding.messageEn}
        {mend && (
          <Text span size="xs" c="dimmed" display="block">
            {mend}
          </Text>
        )}
      </span>
    </>
  );
}
