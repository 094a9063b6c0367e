import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { components } from "@/api/schema";
import { AppLink } from "@/components/AppLink";
import { useT } from "@/i18n";

interface Props {
  name: string;
  instance: components["schemas"]["CreateProcessInstanceResult"];
  onAnother: () => void;
}

/** What was started, and where it goes on. */
export function Started({ name, instance, onAnother }: Props) {
  const t = useT("start");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const number = instance.businessId;
  return (
    <Stack align="center" py="xl" gap="xs" role="status">
      <IconCircleCheck size={40} stroke={1.3} color="var(--mantine-color-green-8)" aria-hidden />
      <Title order={2} ref={heading} tabIndex={-1}>
        {t("start:started", { name })}
      </Title>
      {number && (
        <Text size="lg" fw={600}>
          {t("start:number", { number })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t("start:startedText")}
      </Text>
      <Group mt="sm">
        {number && (
          <AppLink to="/work" search={{ view: "all", q: number }}>
            {t("start:work")}
          </AppLink>
        )}
        <Button variant="default" onClick={onAnother}>
          {t("start:another")}
        </Button>
      </Group>
    </Stack>
  );
}
