import { CloseButton, Code, Group, Paper, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { AppLink } from "@/components/AppLink";
import { BeforeAfter } from "@/components/facts/BeforeAfter";
import { useActorName, useFactWords } from "@/components/facts/fact";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import { type Entry, keyOf } from "./data";

/** One fact, whole: before and after, and its place in the chain that proves it. */
export function EntryPanel({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const t = useT("audit");
  const words = useFactWords();
  const actor = useActorName();
  const heading = useRef<HTMLHeadingElement>(null);
  const key = keyOf(entry);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [key]);
  return (
    <Paper withBorder p="sm" component="aside" aria-label={t("audit:panel.label")}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Title order={2} size="h3" ref={heading} tabIndex={-1}>
          {words(entry)}
        </Title>
        <CloseButton size="sm" aria-label={t("common:close")} onClick={onClose} />
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        <When at={entry.at} /> · {actor(entry.actor)}
        {entry.processVersion !== null &&
          ` · ${t("audit:panel.version", { version: entry.processVersion })}`}
      </Text>
      <BeforeAfter fact={entry} />
      <Text size="xs" c="dimmed" mt="sm">
        {t("audit:panel.chain", { sequence: entry.sequence })}
      </Text>
      <Code block className="audit-digest">
        {entry.digest}
      </Code>
      {entry.caseNumber && (
        <AppLink to="/cases/$number/replay" params={{ number: entry.caseNumber }} size="sm">
          {t("audit:panel.replay")}
        </AppLink>
      )}
    </Paper>
  );
}
