import { Group, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTitle } from "@/hooks/useTitle";

let isFirstPage = true;

interface Props {
  title: string;
  /** A line below the title. */
  children?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
}

/** The head of every page: sets the window's title and takes the focus after navigation. */
export function PageHeader({ title, children, actions }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <Group component="header" justify="space-between" align="flex-end" mb="sm" gap="sm">
      <div>
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {children && (
          <Text component="div" size="sm" c="dimmed">
            {children}
          </Text>
        )}
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
