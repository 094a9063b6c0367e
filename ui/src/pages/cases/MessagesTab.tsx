import { Badge, Group, Paper, Spoiler, Stack, Text, Title } from "@mantine/core";
import {
  IconCheck,
  IconClock,
  IconExclamationMark,
  IconMailOff,
  IconRefresh,
  IconX,
} from "@tabler/icons-react";
import { useState } from "react";
import { EmptyState } from "@/components/EmptyState";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import type { Case } from "./data";

const LOOKS = {
  SENT: ["green", IconCheck],
  WAITING: ["gray", IconClock],
  RETRYING: ["orange", IconRefresh],
  FAILED: ["red", IconExclamationMark],
  CANCELED: ["gray", IconX],
} as const;

/** Letters, webhooks and messages, and how far they came. */
export function MessagesTab({ one }: { one: Case }) {
  const t = useT("cases");
  if (one.messages.length === 0)
    return (
      <EmptyState icon={IconMailOff} title={t("cases:messages.none")}>
        {t("cases:messages.noneText")}
      </EmptyState>
    );
  return <MessageList one={one} />;
}

/** The messages, each with its text; if *isWhole*, all of it. */
export function MessageList({ one, isWhole = false }: { one: Case; isWhole?: boolean }) {
  return (
    <Stack component="ol" gap="xs" className="case-list">
      {one.messages.map((message) => (
        <li key={message.jobKey}>
          <Message message={message} isWhole={isWhole} />
        </li>
      ))}
    </Stack>
  );
}

interface MessageProps {
  message: Case["messages"][number];
  isWhole: boolean;
}

function Message({ message, isWhole }: MessageProps) {
  const t = useT("cases");
  const language = useLanguage();
  const [isOpen, setOpen] = useState(isWhole);
  const [color, Icon] = LOOKS[message.state];
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h3">
            {message.subject ?? message.names[language]}
          </Title>
          <Text size="xs" c="dimmed" component="div">
            {message.to && `${t("cases:messages.to", { to: message.to })} · `}
            {message.subject && `${message.names[language]} · `}
            <When at={message.endedAt ?? message.createdAt} />
          </Text>
        </div>
        <Badge color={color} leftSection={<Icon size={12} aria-hidden />}>
          {t(`cases:messages.states.${message.state}`)}
        </Badge>
      </Group>
      {message.errorMessage && message.state !== "SENT" && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4} lang="en">
          {message.errorMessage}
        </Text>
      )}
      {message.body && (
        <Spoiler
          maxHeight={64}
          expanded={isOpen}
          onExpandedChange={setOpen}
          mt={6}
          showLabel={t("cases:messages.whole")}
          hideLabel={t("cases:messages.less")}
        >
          <Text size="sm" className="fact-text">
            {message.body}
          </Text>
        </Spoiler>
      )}
    </Paper>
  );
}
