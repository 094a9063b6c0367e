import { Badge } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { FindingList } from "./FindingList";
import { countOf, type Finding, SEVERITIES } from "./findings";

const COLORS = { error: "red", warning: "orange", info: "blue" } as const;

interface Props {
  findings: readonly Finding[] | undefined;
  error: unknown;
  nameOf: (elementId: string) => string | undefined;
  onChosen: (finding: Finding) => void;
}

/** The drawer below an editor: what is wrong with the file as it stands. */
export function Problems({ findings, error, nameOf, onChosen }: Props) {
  const t = useT("workspace");
  const [isOpen, setOpen] = useState(false);
  const Chevron = isOpen ? IconChevronDown : IconChevronUp;
  return (
    <section className="workspace-drawer" aria-label={t("workspace:problems.title")}>
      <button
        type="button"
        className="workspace-drawer-toggle"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Chevron size={15} aria-hidden />
        {t("workspace:problems.title")}
        <span role="status">
          {!findings && !error && t("workspace:problems.checking")}
          {findings?.length === 0 && (
            <Badge color="green" leftSection={<IconCircleCheck size={13} aria-hidden />}>
              {t("workspace:problems.none")}
            </Badge>
          )}
          {SEVERITIES.map((severity) => {
            const count = countOf(findings ?? [], severity);
            if (count === 0) return null;
            return (
              <Badge key={severity} color={COLORS[severity]} mr={6}>
                {t(`workspace:problems.${severity}`, { count })}
              </Badge>
            );
          })}
        </span>
      </button>
      {isOpen && (
        <div className="workspace-drawer-content">
          {Boolean(error) && <ErrorState error={error} />}
          <FindingList
            label={t("workspace:problems.title")}
            findings={findings ?? []}
            nameOf={nameOf}
            onChosen={onChosen}
          />
        </div>
      )}
    </section>
  );
}
