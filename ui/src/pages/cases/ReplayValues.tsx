import { Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Value, VariableLabel } from "@/components/facts/Value";
import { useLanguage, useT } from "@/i18n";
import { caseQuery, variablesQuery } from "./data";
import type { ValueThen } from "./replay";

interface Props {
  number: string;
  values: readonly ValueThen[];
}

/** The data of the case at that moment. */
export function ReplayValues({ number, values }: Props) {
  const t = useT("cases");
  const scope = useScopeNames(number);
  return (
    <section aria-labelledby="values-title">
      <Title order={2} size="h3" mb={4} id="values-title">
        {t("cases:replay.data")}
      </Title>
      {values.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("cases:data.none")}
        </Text>
      )}
      {values.length > 0 && (
        <Table withTableBorder layout="fixed" className="case-data">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="32%">{t("cases:data.name")}</Table.Th>
              <Table.Th>{t("cases:data.value")}</Table.Th>
              <Table.Th w="28%">{t("cases:data.scope")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {values.map((one) => (
              <Table.Tr
                key={`${one.scopeKey} ${one.name}`}
                bg={one.isNew ? "var(--app-current)" : ""}
              >
                <Table.Th scope="row" className="case-name">
                  <VariableLabel instance={one.instance} path={one.name} />
                </Table.Th>
                <Table.Td>
                  <Value value={one.value} instance={one.instance} path={one.name} />
                </Table.Td>
                <Table.Td>
                  <Text size="xs">{scope(one.scopeKey)}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function useScopeNames(number: string): (scopeKey: string) => string {
  const language = useLanguage();
  const processes = useQuery(caseQuery(number)).data?.processes ?? [];
  const variables = useQuery(variablesQuery(number)).data?.items ?? [];
  return (key) => {
    const process = processes.find((known) => known.processInstanceKey === key);
    if (process) return process.processNames[language];
    return variables.find((known) => known.scopeKey === key)?.scopeNames?.[language] ?? "";
  };
}
