import { Anchor, Group, Switch, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { useActorName } from "@/components/facts/fact";
import { Value, VariableLabel } from "@/components/facts/Value";
import { useVariableWords } from "@/components/facts/variableWords";
import { FilterText } from "@/components/FilterText";
import { Loading } from "@/components/Loading";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { type Case, type CaseVariable, variablesQuery } from "./data";

/** Every value, by the process and step that it belongs to, with its changes. */
export function DataTab({ one }: { one: Case }) {
  const t = useT("cases");
  const words = useVariableWords();
  const [wanted, setWanted] = useState<string>();
  const [isRaw, setRaw] = useState(false);
  const found = useQuery(variablesQuery(one.number));
  if (!found.data && found.error)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={8} />;
  if (found.data.items.length === 0) return <EmptyState title={t("cases:data.none")} />;

  const fitting = found.data.items.filter(({ name, processInstanceKey: instance }) =>
    [name, words.label({ instance, path: name }) ?? ""].some(
      (text) => !wanted || text.toLowerCase().includes(wanted.toLowerCase()),
    ),
  );
  return (
    <>
      <Group mb="sm" align="flex-end">
        <FilterText label={t("cases:data.filter")} w={240} value={wanted} onSettled={setWanted} />
        <Switch
          size="xs"
          mb={6}
          label={t("cases:data.raw")}
          checked={isRaw}
          onChange={(event) => setRaw(event.currentTarget.checked)}
        />
      </Group>
      {fitting.length === 0 && <EmptyState title={t("cases:data.noneFits")} />}
      <DataTables one={one} variables={fitting} isRaw={isRaw} />
    </>
  );
}

interface TablesProps {
  one: Case;
  variables: readonly CaseVariable[];
  /** Whether their names in the model are shown too. */
  isRaw: boolean;
}

/** A table of values for each process and step that they belong to. */
export function DataTables({ one, variables, isRaw }: TablesProps) {
  const t = useT("cases");
  const language = useLanguage();
  const title = (variable: CaseVariable) => {
    const process = one.processes.find(
      (known) => known.processInstanceKey === variable.processInstanceKey,
    );
    const parts = [process?.processNames[language], variable.scopeNames?.[language]];
    return parts.filter(Boolean).join(" › ");
  };
  const scopes = Map.groupBy(variables, (variable) => variable.scopeKey);
  return (
    <>
      {[...scopes].map(([scope, within]) => (
        <section key={scope} aria-labelledby={`scope-${scope}`}>
          <Title order={2} size="h3" mb={4} id={`scope-${scope}`}>
            {within[0] && title(within[0])}
          </Title>
          <Table withTableBorder mb="md" layout="fixed" className="case-data">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="30%">{t("cases:data.name")}</Table.Th>
                <Table.Th>{t("cases:data.value")}</Table.Th>
                <Table.Th w="30%">{t("cases:data.changed")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {within.map((variable) => (
                <Row key={variable.name} variable={variable} isRaw={isRaw} />
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
    </>
  );
}

function Row({ variable, isRaw }: { variable: CaseVariable; isRaw: boolean }) {
  const t = useT("cases");
  const actor = useActorName();
  const [isOpen, setOpen] = useState(false);
  const { changes, name, processInstanceKey: instance } = variable;
  const last = changes[0];
  return (
    <Fragment>
      <Table.Tr>
        <Table.Th scope="row" className="case-name">
          <VariableLabel instance={instance} path={name} />
          {isRaw && (
            <Text size="xs" c="dimmed" lang="en" className="fact-raw">
              {name}
            </Text>
          )}
        </Table.Th>
        <Table.Td>
          <Value value={variable.value} instance={instance} path={name} />
        </Table.Td>
        <Table.Td>
          {last && (
            <Text size="xs" component="div">
              <When at={last.at} /> · {actor(last.actor)}
            </Text>
          )}
          {changes.length > 1 && (
            <Anchor
              component="button"
              type="button"
              size="xs"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {t("cases:data.changes", { count: changes.length })}
            </Anchor>
          )}
        </Table.Td>
      </Table.Tr>
      {isOpen &&
        changes.map((change, index) => (
          <Table.Tr key={`${change.at}-${index}`} className="case-change">
            <Table.Td>
              <Text size="xs">
                <When at={change.at} /> · {actor(change.actor)}
              </Text>
            </Table.Td>
            <Table.Td colSpan={2}>
              {!change.created && (
                <>
                  <Value value={change.old} instance={instance} path={name} /> →{" "}
                </>
              )}
              <Value value={change.new} instance={instance} path={name} />
            </Table.Td>
          </Table.Tr>
        ))}
    </Fragment>
  );
}
