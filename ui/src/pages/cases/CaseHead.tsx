import { ActionIcon, Badge, Button, CopyButton, Group, Tooltip } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconCopy,
  IconPlayerPlay,
  IconPrinter,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { usePeopleNames } from "@/api/directory";
import { DueBadge } from "@/components/DueBadge";
import { useActorName } from "@/components/facts/fact";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import type { Case } from "./data";
import { StateBadge } from "./StateBadge";

/** Who, what, since when, and how it stands. */
export function CaseHead({ one }: { one: Case }) {
  const t = useT("cases");
  const language = useLanguage();
  const next = one.deadlines[0];
  const params = { number: one.number };
  return (
    <>
      <PageHeader
        title={t("cases:heading", { number: one.number })}
        actions={
          <>
            <CopyNumber number={one.number} />
            <Button
              component={Link}
              to="/cases/$number/print"
              {...({ params } as object)}
              variant="default"
              size="xs"
              leftSection={<IconPrinter size={14} aria-hidden />}
            >
              {t("cases:print.open")}
            </Button>
            <Button
              component={Link}
              to="/cases/$number/replay"
              {...({ params } as object)}
              variant="default"
              size="xs"
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
            >
              {t("cases:replay.open")}
            </Button>
          </>
        }
      >
        <Group gap={8} mt={4}>
          <StateBadge state={one.state} />
          {one.incidents.length > 0 && (
            <Badge color="red" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
              {t("cases:stopped")}
            </Badge>
          )}
          {next && (
            <>
              <DueBadge due={next.dueAt} /> {next.names[language]}
            </>
          )}
        </Group>
      </PageHeader>
      <CaseFacts one={one} />
    </>
  );
}

/** What every paper about the case begins with. */
export function CaseFacts({ one }: { one: Case }) {
  const t = useT("cases");
  const language = useLanguage();
  const person = usePeopleNames();
  const actor = useActorName();
  const root = one.processes[0];
  const facts: [string, React.ReactNode][] = [
    [
      t("cases:columns.process"),
      root && `${root.processNames[language]} · ${t("cases:version", { version: root.version })}`,
    ],
    [t("cases:columns.customer"), one.customerName ?? one.customerId],
    [t("cases:columns.owner"), one.owner && person(one.owner)],
    [
      t("cases:columns.started"),
      <>
        <When at={one.startedAt} /> · {actor(one.startedBy)}
      </>,
    ],
    [t("cases:columns.ended"), one.endedAt && <When at={one.endedAt} />],
  ];
  return (
    <dl className="case-facts">
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function CopyNumber({ number }: { number: string }) {
  const t = useT("cases");
  return (
    <CopyButton value={number}>
      {({ copied, copy }) => {
        const words = t(copied ? "cases:copied" : "cases:copy");
        return (
          <Tooltip label={words}>
            <ActionIcon variant="default" size={30} onClick={copy} aria-label={words}>
              {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </CopyButton>
  );
}
