import { Alert, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { TimePicker } from "@mantine/dates";
import { IconClockOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { usePermissions, useSession } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { DayInput } from "@/components/DayInput";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { CaseLink } from "./CaseLink";
import {
  clockQuery,
  keyOf,
  justAfter,
  nextTimerQuery,
  STEPS_MS,
  useMoveClock,
  useResetClock,
} from "./clock";
import { Sections } from "./Sections";
import { Where } from "./Where";
import "./operations.css";

/** The clock of a demo: administrators move it, so that deadlines need not be waited for. */
export function ClockPage() {
  const t = useT("operations");
  const { demo } = useSession();
  const { mayAdminister } = usePermissions();
  if (!demo || !mayAdminister)
    return (
      <EmptyState isPage icon={IconClockOff} title={t("operations:clock.denied")}>
        {t(demo ? "operations:clock.onlyAdministrators" : "operations:clock.onlyDemo")}
      </EmptyState>
    );
  return (
    <div className="app-page">
      <PageHeader title={t("operations:clock.title")}>{t("operations:clock.text")}</PageHeader>
      <Sections here="clock" />
      <Clock />
    </div>
  );
}

function Clock() {
  const t = useT("operations");
  const { data: clock, error } = useQuery(clockQuery);
  const moving = useMoveClock();
  const reset = useResetClock();
  if (error) return <ErrorState error={error} />;
  if (!clock) return <Loading rows={4} />;
  const failed = moving.error ?? reset.error;
  return (
    <Stack gap="md" className="operations-clock">
      <Paper withBorder p="md" component="section" aria-label={t("operations:clock.now")}>
        <Group justify="space-between">
          <div>
            <Text className="operations-count" component="div">
              <When at={clock.now} />
            </Text>
            <Text size="sm" c="dimmed">
              {t(clock.isPinned ? "operations:clock.pinned" : "operations:clock.free")}
            </Text>
          </div>
          {clock.isPinned && (
            <Button
              variant="default"
              loading={reset.isPending}
              onClick={() => reset.mutate(undefined, { onSuccess: () => moving.reset() })}
            >
              {t("operations:clock.reset")}
            </Button>
          )}
        </Group>
      </Paper>
      <Paper withBorder p="md" component="section">
        <Title order={2} mb="xs">
          {t("operations:clock.move")}
        </Title>
        <Move now={clock.now} isBusy={moving.isPending} onMove={(to) => moving.mutate(to)} />
      </Paper>
      {moving.isPending && <Text role="status">{t("operations:clock.moving")}</Text>}
      {failed && <ErrorState error={failed} />}
      {moving.data && <Fired {...moving.data} />}
    </Stack>
  );
}

interface MoveProps {
  now: string;
  isBusy: boolean;
  onMove: (to: Date) => void;
}

function Move({ now, isBusy, onMove }: MoveProps) {
  const t = useT("operations");
  const next = useQuery(nextTimerQuery).data;
  const [day, setDay] = useState("");
  const [time, setTime] = useState("09:00");
  const by = (step: number) => onMove(new Date(new Date(now).getTime() + step));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onMove(new Date(`${day}T${time}`));
  };
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Button variant="default" disabled={isBusy} onClick={() => by(STEPS_MS.hour)}>
          {t("operations:clock.hour")}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => by(STEPS_MS.day)}>
          {t("operations:clock.day")}
        </Button>
        <Button disabled={isBusy || !next} onClick={() => next && onMove(justAfter(next.dueAt))}>
          {t("operations:clock.next")}
        </Button>
      </Group>
      {next ? (
        <Group gap="md" align="flex-start">
          <When at={next.dueAt} />
          <div>
            <Where names={next.names} processId={next.processId} />
          </div>
          <CaseLink number={next.caseNumber} />
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t("operations:timers.none")}
        </Text>
      )}
      <form onSubmit={submit}>
        <Group gap="xs" align="flex-end">
          <DayInput label={t("operations:clock.date")} value={day} onChange={setDay} required />
          <TimePicker
            label={t("operations:clock.time")}
            value={time}
            onChange={setTime}
            hoursInputLabel={t("operations:clock.hours")}
            minutesInputLabel={t("operations:clock.minutes")}
          />
          <Button type="submit" variant="default" disabled={isBusy || !day || !time}>
            {t("operations:clock.go")}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}

type Moved = NonNullable<ReturnType<typeof useMoveClock>["data"]>;

function Fired({ total, facts }: Moved) {
  const t = useT("operations");
  const language = useLanguage();
  return (
    <Alert color="green" role="status" title={t("operations:clock.fired", { count: total })}>
      <ul className="operations-fired">
        {facts.map((fact) => (
          <li key={keyOf(fact)}>
            <When at={fact.at} /> · {fact.names?.[language] ?? fact.elementId}
            {fact.caseNumber && (
              <>
                {" · "}
                <AppLink
                  to="/cases/$number"
                  params={{ number: fact.caseNumber }}
                  underline="always"
                  inherit
                >
                  {fact.caseNumber}
                </AppLink>
              </>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
