import { Group, List, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { AppLink } from "@/components/AppLink";
import { useFactWords } from "@/components/facts/fact";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { type Case, type ProcessPath, elementQuery } from "./data";
import { Stand } from "./PathTable";

const SHOWN = 8;

interface Props {
  one: Case;
  path: ProcessPath;
  elementId: string;
}

/** One step of the diagram: how it stands, what happened at it, what it called. */
export function ElementPanel({ one, path, elementId }: Props) {
  const t = useT("cases");
  const language = useLanguage();
  const words = useFactWords();
  const story = useQuery(elementQuery(one.number, elementId)).data?.items ?? [];
  const visited = path.elements.find((known) => known.elementId === elementId);
  const here = story.filter(
    (step) =>
      step.processInstanceKey === path.process.processInstanceKey &&
      step.kind !== "variable_changed",
  );
  const instances = new Set(here.map((step) => step.elementInstanceKey));
  const called = one.processes.filter(
    (process) =>
      process.parentElementInstanceKey && instances.has(process.parentElementInstanceKey),
  );
  return (
    <Paper withBorder p="sm" component="section" aria-live="polite">
      <Group gap="xs" mb={4}>
        <Title order={2} size="h3">
          {visited?.names[language] ?? here[0]?.names?.[language] ?? elementId}
        </Title>
        {visited ? (
          <Stand one={visited} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("cases:diagram.notReached")}
          </Text>
        )}
      </Group>
      {called.map((process) => (
        <AppLink
          key={process.processInstanceKey}
          to="/cases/$number"
          params={{ number: one.number }}
          search={{ tab: "diagram", instance: process.processInstanceKey }}
          size="sm"
        >
          {t("cases:diagram.called", { process: process.processNames[language] })}
        </AppLink>
      ))}
      <List size="sm" listStyleType="none">
        {here
          .slice(0, SHOWN)
          .reverse()
          .map((step) => (
            <List.Item key={step.sequence}>
              <Text span size="xs" c="dimmed">
                <When at={step.at} />
              </Text>{" "}
              {words(step)}
            </List.Item>
          ))}
      </List>
      {here.length > 0 && (
        <AppLink
          to="/cases/$number"
          params={{ number: one.number }}
          search={{ element: elementId }}
          size="sm"
        >
          {t("cases:diagram.history")}
        </AppLink>
      )}
    </Paper>
  );
}
