import { Table, Text } from "@mantine/core";
import { useT } from "@/i18n";
import { changedIn, type Fact } from "./fact";
import { Value, VariableLabel } from "./Value";

/** What a fact changed, and whatever else was noted with it. */
export function BeforeAfter({ fact }: { fact: Fact }) {
  const t = useT("facts");
  const instance = fact.processInstanceKey;
  const path = changedIn(fact) ?? "";
  const change = fact.variable ?? changeIn(fact.details);
  const others = Object.entries(fact.details).filter(
    ([key, value]) =>
      !["old", "new", "created", "name"].includes(key) && value !== null && value !== "",
  );
  return (
    <div className="fact-details">
      {change && (
        <div className="fact-change">
          <div>
            <Text size="xs" c="dimmed">
              {t("facts:before")}
            </Text>
            <Value value={change.old} instance={instance} path={path} />
          </div>
          <div>
            <Text size="xs" c="dimmed">
              {t("facts:after")}
            </Text>
            <Value value={change.new} instance={instance} path={path} />
          </div>
        </div>
      )}
      {others.length > 0 && (
        <Table withRowBorders={false} className="fact-others">
          <Table.Tbody>
            {others.map(([key, value]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">
                  <VariableLabel instance={instance} path={key} />
                </Table.Th>
                <Table.Td>
                  <Value value={value} instance={instance} path={key} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}

function changeIn(details: Record<string, unknown>): { old: unknown; new: unknown } | undefined {
  if (!("old" in details) && !("new" in details)) return undefined;
  return { old: details["old"], new: details["new"] };
}
