import { Button, Drawer, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/api/client";
import { ErrorState } from "@/components/ErrorState";
import { useGroupName } from "@/components/groupName";
import { useToast } from "@/components/toast";
import { useLanguage, useT } from "@/i18n";
import { type GroupOfPeople, stepName } from "./groups";
import { Members } from "./Members";
import { useChange, useFieldErrors } from "./people";

interface Props {
  group: GroupOfPeople;
  onClose: () => void;
}

/** One group: its name, its members, its work, and how to do without it. */
export function GroupPanel({ group, onClose }: Props) {
  const t = useT("people");
  const name = useGroupName()(group.groupId, group.name);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={`${name} (${group.groupId})`}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="lg">
        {group.isRole ? (
          <Text size="sm" c="dimmed">
            {t("people:groups.role")}
          </Text>
        ) : (
          <Rename group={group} />
        )}
        <Members group={group} />
        <Work group={group} />
        {!group.isRole && <Delete group={group} onDeleted={onClose} />}
      </Stack>
    </Drawer>
  );
}

function Rename({ group }: { group: GroupOfPeople }) {
  const t = useT("people");
  const toast = useToast();
  const [name, setName] = useState(group.name);
  const save = useChange(
    () => answer(api.PUT("/v2/groups/{groupId}", { params: paramsOf(group), body: { name } })),
    () => toast(t("people:saved", { name })),
  );
  const wrong = useFieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label={t("people:groups.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong.name}
        />
        <Button type="submit" variant="default" loading={save.isPending}>
          {t("people:save")}
        </Button>
      </Group>
      {save.error && !wrong.name && <ErrorState error={save.error} />}
    </form>
  );
}

function Work({ group }: { group: GroupOfPeople }) {
  const t = useT("people");
  const language = useLanguage();
  return (
    <section>
      <Title order={3} mb={6}>
        {t("people:groups.work")}
      </Title>
      <Text size="sm">{t("people:groups.tasks", { count: group.openTasks })}</Text>
      {group.steps.length > 0 ? (
        <ul className="people-steps">
          {group.steps.map((step) => (
            <li key={`${step.processId}/${step.elementId}`}>{stepName(step, language)}</li>
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          {t("people:groups.noSteps", { group: group.groupId })}
        </Text>
      )}
    </section>
  );
}

function Delete({ group, onDeleted }: { group: GroupOfPeople; onDeleted: () => void }) {
  const t = useT("people");
  const toast = useToast();
  const [isAsked, setAsked] = useState(false);
  const remove = useChange(
    () => answer(api.DELETE("/v2/groups/{groupId}", { params: paramsOf(group) })),
    () => {
      toast(t("people:groups.deleted", { name: group.name }));
      onDeleted();
    },
  );
  return (
    <section>
      <Title order={3} mb={6}>
        {t("people:groups.delete")}
      </Title>
      <Stack gap={8} align="flex-start">
        <Text size="sm">{t(`people:groups.${deletion(group)}`, { count: group.onlyHere })}</Text>
        {remove.error && <ErrorState error={remove.error} />}
        {deletion(group) === "deletable" && (
          <Button
            size="compact-sm"
            color="red"
            variant={isAsked ? "filled" : "default"}
            loading={remove.isPending}
            onClick={() => (isAsked ? remove.mutate(undefined) : setAsked(true))}
            onBlur={() => setAsked(false)}
          >
            {t(isAsked ? "people:groups.deleteReally" : "people:groups.delete")}
          </Button>
        )}
      </Stack>
    </section>
  );
}

/** What stands in the way of deleting a group; the server refuses for the same reasons. */
function deletion(group: GroupOfPeople): "waited" | "named" | "deletable" {
  if (group.onlyHere > 0) return "waited";
  return group.steps.length > 0 ? "named" : "deletable";
}

function paramsOf({ groupId }: GroupOfPeople) {
  return { path: { groupId } };
}
