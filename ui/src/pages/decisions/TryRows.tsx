import { ActionIcon, Badge, Button, Text, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconPlus, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { type Decision, variablesOf } from "./reading";
import { type Answer, type Row, useAnswers, useRows } from "./tries";

interface Props {
  file: string;
  xml: string;
  decisions: readonly Decision[];
  /** The one that is tried. */
  decision: string;
  /** The rules that matched the current row, by their ids. */
  onHits: (rules: readonly string[]) => void;
}

/** The drawer of rows to try: what the decision answers to each, and by which rules. */
export function TryRows(props: Props) {
  const t = useT("decisions");
  const [isOpen, setOpen] = useState(false);
  const Chevron = isOpen ? IconChevronDown : IconChevronUp;
  const { onHits } = props;
  return (
    <section className="workspace-drawer" aria-label={t("decisions:try.title")}>
      <button
        type="button"
        className="workspace-drawer-toggle"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
          onHits([]);
        }}
      >
        <Chevron size={15} aria-hidden />
        {t("decisions:try.title")}
      </button>
      {isOpen && <Tries key={props.decision} {...props} />}
    </section>
  );
}

function Tries({ file, xml, decisions, decision, onHits }: Props) {
  const t = useT("decisions");
  const [rows, setRows] = useRows(file, decision);
  const [current, setCurrent] = useState(0);
  const found = useAnswers(xml, decision, rows);
  const columns = variablesOf(decisions, decision);
  const answers = found.data?.rows;
  const shown = answers?.[current];
  useEffect(() => {
    const made = shown?.decisions ?? [];
    onHits(made.flatMap(({ rules }) => rules.map(({ ruleId }) => ruleId)));
  }, [shown, onHits]);

  const change = (index: number, variable: string, typed: string) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, [variable]: typed } : row)));
  const isRefused = found.error && asProblem(found.error).status < 500;
  return (
    <div className="workspace-drawer-content">
      {found.error && !isRefused && <ErrorState error={found.error} />}
      {isRefused && (
        <Text size="sm" c="red.8" role="alert" px="md" py={6}>
          {t("decisions:try.refused")}
        </Text>
      )}
      <table className="tries-table" aria-label={t("decisions:try.title")}>
        <thead>
          <tr>
            {columns.map((variable) => (
              <th key={variable} scope="col">
                {variable}
              </th>
            ))}
            <th scope="col">{t("decisions:try.answer")}</th>
            <th scope="col">{t("decisions:try.rules")}</th>
            <th scope="col">{t("decisions:try.row")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} aria-current={index === current} onFocus={() => setCurrent(index)}>
              <Inputs
                columns={columns}
                row={row}
                number={index + 1}
                onTyped={(variable, typed) => change(index, variable, typed)}
              />
              <Outcome answer={isRefused ? undefined : answers?.[index]} decisions={decisions} />
              <td>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("decisions:try.remove", { number: index + 1 })}
                  onClick={() => setRows(rows.filter((_, at) => at !== index))}
                >
                  <IconX size={15} aria-hidden />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        size="compact-sm"
        variant="subtle"
        m={6}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          setRows([...rows, rows.at(-1) ?? {}]);
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

interface InputsProps {
  columns: readonly string[];
  row: Row;
  number: number;
  onTyped: (variable: string, typed: string) => void;
}

function Inputs({ columns, row, number, onTyped }: InputsProps) {
  const t = useT("decisions");
  return columns.map((variable) => (
    <td key={variable}>
      <TextInput
        size="xs"
        miw={110}
        aria-label={t("decisions:try.input", { variable, number })}
        value={row[variable] ?? ""}
        onChange={(event) => onTyped(variable, event.currentTarget.value)}
      />
    </td>
  ));
}

interface OutcomeProps {
  answer: Answer | undefined;
  decisions: readonly Decision[];
}

function Outcome({ answer, decisions }: OutcomeProps) {
  const t = useT("decisions");
  if (!answer) {
    return (
      <>
        <td />
        <td />
      </>
    );
  }
  const failed = decisions.find(({ id }) => id === answer.failedDecisionId);
  return (
    <>
      <td className="tries-answer">
        {answer.error ? (
          <Text size="sm" c="red.8">
            {failed && `${failed.name}: `}
            {answer.error}
          </Text>
        ) : (
          JSON.stringify(answer.output)
        )}
      </td>
      <td>
        {answer.rules.map(({ ruleId, index }) => (
          <Badge key={ruleId} color="green" mr={4}>
            {t("decisions:try.rule", { number: index })}
          </Badge>
        ))}
        {!answer.error && answer.rules.length === 0 && t("decisions:try.none")}
      </td>
    </>
  );
}
