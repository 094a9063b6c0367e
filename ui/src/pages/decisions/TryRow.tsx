import { ActionIcon, Badge, Button, Group, Text, TextInput } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useT } from "@/i18n";
import type { Decision } from "./reading";
import { type Answer, type Row, typed } from "./tries";

interface Props {
  number: number;
  columns: readonly string[];
  row: Row;
  answer: Answer | undefined;
  /** Whether the answer is to what is typed now. */
  isAnswered: boolean;
  decisions: readonly Decision[];
  isCurrent: boolean;
  onCurrent: () => void;
  onChanged: (row: Row) => void;
  onRemoved: () => void;
}

/** One row: what is typed, what comes out, and whether that is what is expected. */
export function TryRow(props: Props) {
  const { number, columns, row, answer, decisions, isCurrent, onChanged } = props;
  const t = useT("decisions");
  return (
    <tr aria-current={isCurrent} onFocus={props.onCurrent}>
      {columns.map((variable) => (
        <td key={variable}>
          <TextInput
            size="xs"
            miw={110}
            aria-label={t("decisions:try.input", { variable, number })}
            value={row.inputs[variable] ?? ""}
            onChange={({ currentTarget: { value } }) =>
              onChanged({ ...row, inputs: { ...row.inputs, [variable]: value } })
            }
          />
        </td>
      ))}
      <td className="tries-answer">
        {answer && <Outcome answer={answer} decisions={decisions} />}
      </td>
      <td>{answer && <Rules answer={answer} />}</td>
      <td>
        <Expected
          number={number}
          row={row}
          answer={props.isAnswered ? answer : undefined}
          onTyped={(expected) => onChanged({ ...row, expected })}
        />
      </td>
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("decisions:try.remove", { number })}
          onClick={props.onRemoved}
        >
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  );
}

function Outcome({ answer, decisions }: { answer: Answer; decisions: readonly Decision[] }) {
  const failed = decisions.find(({ id }) => id === answer.failedDecisionId);
  if (!answer.error) return JSON.stringify(answer.output);
  return (
    <Text size="sm" c="red.9">
      {failed && `${failed.name}: `}
      {answer.error}
    </Text>
  );
}

function Rules({ answer }: { answer: Answer }) {
  const t = useT("decisions");
  if (!answer.error && answer.rules.length === 0) return t("decisions:try.none");
  return answer.rules.map(({ ruleId, index }) => (
    <Badge key={ruleId} color="blue" mr={4}>
      {t("decisions:try.rule", { number: index })}
    </Badge>
  ));
}

interface ExpectedProps {
  number: number;
  row: Row;
  answer: Answer | undefined;
  onTyped: (expected: string) => void;
}

/** What the owner expects: taken from the answer, or typed. */
function Expected({ number, row, answer, onTyped }: ExpectedProps) {
  const t = useT("decisions");
  const isEmpty = row.expected.trim() === "";
  return (
    <Group gap={6} wrap="nowrap">
      {isEmpty ? (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t("decisions:try.expectRow", { number })}
          disabled={!answer || answer.error !== null}
          onClick={() => answer && onTyped(typed(answer.output))}
        >
          {t("decisions:try.expect")}
        </Button>
      ) : (
        <TextInput
          size="xs"
          miw={160}
          className="tries-answer"
          aria-label={t("decisions:try.expectedOf", { number })}
          value={row.expected}
          onChange={(event) => onTyped(event.currentTarget.value)}
        />
      )}
      {!isEmpty && answer?.asExpected === true && (
        <Badge color="green" leftSection={<IconCheck size={13} aria-hidden />}>
          {t("decisions:try.right")}
        </Badge>
      )}
      {!isEmpty && answer?.asExpected === false && (
        <Badge color="red" leftSection={<IconX size={13} aria-hidden />}>
          {t("decisions:try.wrong")}
        </Badge>
      )}
    </Group>
  );
}
