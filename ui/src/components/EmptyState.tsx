import { Stack, Text, Title } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";

interface Props {
  title: string;
  icon?: ComponentType<{
    size?: number | string;
    stroke?: number | string;
    "aria-hidden"?: boolean;
  }>;
  /** What one can do about it. */
  action?: ReactNode;
  /** True if it is all that the page shows: its title is then the page's. */
  isPage?: boolean;
  children?: ReactNode;
}

/** Nothing here, and why that is so. */
export function EmptyState({ title, icon: Icon = IconInbox, action, isPage, children }: Props) {
  return (
    <Stack align="center" gap={6} py={48} px="md" ta="center">
      <Icon size={36} stroke={1.2} aria-hidden />
      <Title order={isPage ? 1 : 2} size="h3">
        {title}
      </Title>
      {children && (
        <Text size="sm" c="dimmed" maw={420}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
