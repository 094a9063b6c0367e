import { Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/ErrorState";
import { Drawer } from "@/components/workspace/Drawer";
import { useT } from "@/i18n";
import { type Decision, variablesOf } from "./reading";
import { type Row, useAnswers } from "./tries";
import { TryRow } from "./TryRow";

interface Props {
  xml: string;
  decisions: readonly Decision[];
  /** The one that is tried. */
  decision: string;
  rows: readonly Row[];
  onChanged: (rows: readonly Row[]) => void;
  /** The rules that matched the current row, by their ids. */
  onHits: (rules: readonly string[]) => void;
}

/** The drawer of rows to try: what the decision answers to each, by which rules, and if expected. */
export function TryRows(props: Props) {
  const t = useT("decisions");
  return (
    <Drawer title={t("decisions:try.title")} onToggled={() => props.onHits([])}>
      <Tries key={props.decision} {...props} />
    </Drawer>
  );
}

function Tries({ xml, decisions, decision, rows, onChanged, onHits }: Props) {
  const t = useT("decisions");
  const [current, setCurrent] = useState(0);
  const { found, isCurrent } = useAnswers(xml, decision, rows);
  const columns = variablesOf(decisions, decision);
  const isRefused = found.error && asProblem(found.error).status < 500;
  const answers = isRefused ? undefined : found.data?.rows;
  const shown = answers?.[current];
  useEffect(() => {
    const made = shown?.decisions ?? [];
    onHits(made.flatMap(({ rules }) => rules.map(({ ruleId }) => ruleId)));
  }, [shown, onHits]);

  const headers = [...columns, ...(["answer", "rules", "expected", "row"] as const)];
  return (
    <div className="workspace-drawer-content">
      {found.error && !isRefused && <ErrorState error={found.error} />}
      {isRefused && (
        <Text size="sm" c="red.9" role="alert" px="md" py={6}>
          {t("decisions:try.refused")}
        </Text>
      )}
      <table className="tries-table" aria-label={t("decisions:try.title")}>
        <thead>
          <tr>
            {headers.map((header, index) => (
              <th key={header} scope="col">
                {index < columns.length
                  ? header
                  : t(`decisions:try.${header as "answer" | "rules" | "expected" | "row"}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <TryRow
              key={index}
              number={index + 1}
              columns={columns}
              row={row}
              answer={answers?.[index]}
              isAnswered={isCurrent}
              decisions={decisions}
              isCurrent={index === current}
              onCurrent={() => setCurrent(index)}
              onChanged={(next) => onChanged(rows.map((one, at) => (at === index ? next : one)))}
              onRemoved={() => onChanged(rows.filter((_, at) => at !== index))}
            />
          ))}
        </tbody>
      </table>
      <Button
        size="compact-sm"
        variant="subtle"
        m={6}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          onChanged([...rows, { inputs: rows.at(-1)?.inputs ?? {}, expected: "" }]);
          setCurrent(rows.length);
        }}
      >
        {t("decisions:try.add")}
      </Button>
      <Text span size="xs" c="dimmed">
        {t("decisions:try.how")}
      </Text>
    </div>
  );
}
