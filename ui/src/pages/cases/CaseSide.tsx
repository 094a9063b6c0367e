import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { usePeopleNames } from "@/api/directory";
import { AppLink } from "@/components/AppLink";
import { DueBadge } from "@/components/DueBadge";
import { useGroupName } from "@/components/groupName";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { type Case, OTHERS, otherCasesQuery } from "./data";
import { StateBadge } from "./StateBadge";

/** What is open, and what else the customer has with us. */
export function CaseSide({ one }: { one: Case }) {
  const t = useT("cases");
  return (
    <aside aria-label={t("cases:side.label")} className="case-side">
      <CaseOpen one={one} />
      {one.customerId && <OtherCases customer={one.customerId} except={one.number} />}
    </aside>
  );
}

/** What is open: stops, tasks, deadlines, and the processes of the case. */
export function CaseOpen({ one }: { one: Case }) {
  const t = useT("cases");
  const language = useLanguage();
  const timers = one.deadlines.filter((due) => due.kind === "TIMER");
  return (
    <>
      {one.incidents.length > 0 && (
        <Part title={t("cases:side.incidents")}>
          {one.incidents.map((incident) => (
            <li key={incident.incidentKey}>
              <Text size="sm" fw={500}>
                <IconAlertTriangle size={13} aria-hidden className="case-stop" />{" "}
                {incident.names[language]}
              </Text>
              <Text size="xs" lang="en">
                {incident.message}
              </Text>
              <Text size="xs" c="dimmed">
                <When at={incident.createdAt} />
              </Text>
            </li>
          ))}
        </Part>
      )}
      <Part title={t("cases:side.tasks")} empty={t("cases:side.noTasks")}>
        {one.tasks.map((task) => (
          <Task key={task.userTaskKey} task={task} />
        ))}
      </Part>
      {timers.length > 0 && (
        <Part title={t("cases:side.timers")}>
          {timers.map((due) => (
            <li key={due.elementId + due.dueAt}>
              <Text size="sm">{due.names[language]}</Text>
              <Group gap={6}>
                <DueBadge due={due.dueAt} />
                <Text span size="xs" c="dimmed">
                  <When at={due.dueAt} />
                </Text>
              </Group>
            </li>
          ))}
        </Part>
      )}
      <Part title={t("cases:side.processes")}>
        {one.processes.map((process) => (
          <li key={process.processInstanceKey}>
            <AppLink
              to="/cases/$number"
              params={{ number: one.number }}
              search={{ tab: "diagram", instance: process.processInstanceKey }}
              size="sm"
            >
              {process.processNames[language]}
            </AppLink>{" "}
            <Text span size="xs" c="dimmed">
              {t("cases:version", { version: process.version })}
            </Text>{" "}
            <StateBadge state={process.state} />
          </li>
        ))}
      </Part>
    </>
  );
}

/** Whatever else this customer has with us. */
function OtherCases({ customer, except }: { customer: string; except: string }) {
  const t = useT("cases");
  const language = useLanguage();
  const found = useQuery(otherCasesQuery(customer)).data?.items ?? [];
  const others = found.filter(({ number }) => number !== except);
  if (others.length === 0) return null;
  return (
    <Part title={t("cases:side.others")}>
      {others.slice(0, OTHERS).map((other) => (
        <li key={other.number}>
          <AppLink to="/cases/$number" params={{ number: other.number }} search={{}} size="sm">
            {other.number}
          </AppLink>{" "}
          <Text span size="sm">
            {other.processNames[language]}
          </Text>{" "}
          <StateBadge state={other.state} />
          <Text size="xs" c="dimmed">
            <When at={other.startedAt} />
          </Text>
        </li>
      ))}
      {others.length > OTHERS && (
        <li key="all">
          <AppLink to="/cases" search={{ customer }} size="sm">
            {t("cases:side.allOthers")}
          </AppLink>
        </li>
      )}
    </Part>
  );
}

function Task({ task }: { task: Case["tasks"][number] }) {
  const t = useT("cases");
  const language = useLanguage();
  const person = usePeopleNames();
  const groupName = useGroupName();
  const groups = task.candidateGroups.map((group) => groupName(group));
  return (
    <li>
      {task.mayWork ? (
        <AppLink to="/work/$task" params={{ task: task.userTaskKey }} search={{}} size="sm">
          {task.names[language]}
        </AppLink>
      ) : (
        <Text size="sm">{task.names[language]}</Text>
      )}
      <Text size="xs" c="dimmed" mb={2}>
        {task.assignee
          ? person(task.assignee)
          : t("cases:side.waitsFor", { groups: groups.join(t("common:comma")) })}
      </Text>
      <Group gap={6}>
        {task.dueDate ? <DueBadge due={task.dueDate} since={task.createdAt} /> : null}
        {!task.assignee && <Badge color="gray">{t("cases:side.unclaimed")}</Badge>}
      </Group>
    </li>
  );
}

function Part({
  title,
  empty,
  children,
}: {
  title: string;
  empty?: string;
  children: ReactNode[];
}) {
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Title order={2} size="h3" mb={6}>
        {title}
      </Title>
      {children.length > 0 ? (
        <Stack component="ul" gap={10} className="case-list">
          {children}
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
    </Paper>
  );
}
