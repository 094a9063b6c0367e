import { ActionIcon, Group, Text } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { signOut, useSession } from "@/api/session";
import { useGroupName } from "@/components/groupName";
import { useT } from "@/i18n";

/** Who is signed in, and the way out. */
export function Account() {
  const t = useT();
  const groupName = useGroupName();
  const { user } = useSession();
  const navigate = useNavigate();
  if (!user) return null;
  const leave = async () => {
    await signOut();
    await navigate({ to: "/sign-in", search: {} });
  };
  const groups = user.groups.map((group) => groupName(group)).join(" · ");
  return (
    <Group gap={4} wrap="nowrap">
      <div className="app-account" title={`${user.displayName} · ${groups}`}>
        <Text size="sm" fw={500} truncate>
          {user.displayName}
        </Text>
        <Text size="xs" c="dimmed" truncate visibleFrom="sm">
          {groups}
        </Text>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("common:signOut")}
        title={t("common:signOut")}
        onClick={() => void leave()}
      >
        <IconLogout size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
