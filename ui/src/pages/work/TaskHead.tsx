import { Group, Text, Title } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useProcessNames } from "@/api/directory";
import { useUsername } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { DueBadge } from "@/components/DueBadge";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import { type TaskSheet, taskName } from "./tasks";

/** Which task it is, of which case, due when and in whose hands. */
export function TaskHead({ sheet, isPage }: { sheet: TaskSheet; isPage: boolean }) {
  const t = useT("work");
  const navigate = useNavigate();
  const processes = useProcessNames();
  const { task } = sheet;
  const name = taskName(task);
  const number = task.businessId;
  const openCase = () => number && void navigate({ to: "/cases/$number", params: { number } });
  useKeys([{ key: "o", label: t("work:keys.case"), run: openCase }]);
  return (
    <div className="task-head">
      {isPage ? <PageHeader title={name} /> : <Title order={2}>{name}</Title>}
      <Group gap="xs" mt={4}>
        {task.businessId && (
          <AppLink to="/cases/$number" params={{ number: task.businessId }} size="sm" fw={600}>
            {task.businessId}
          </AppLink>
        )}
        <Text size="sm" c="dimmed">
          {processes.get(task.processDefinitionId) ?? task.processName}
        </Text>
        <DueBadge due={task.dueDate} since={task.creationDate} />
        <Owner sheet={sheet} />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {t("work:task.since")} <When at={task.creationDate} as="relative" />
      </Text>
    </div>
  );
}

function Owner({ sheet }: { sheet: TaskSheet }) {
  const t = useT("work");
  const me = useUsername();
  const { assignee } = sheet.task;
  const whose =
    assignee === null
      ? t("work:task.nobody")
      : assignee === me
        ? t("work:task.mine")
        : t("work:task.theirs", { name: sheet.assigneeName ?? assignee });
  return (
    <Group gap={4} component="span">
      <IconUser size={14} aria-hidden />
      <Text size="sm" span>
        {whose}
      </Text>
    </Group>
  );
}
