import { getRouteApi } from "@tanstack/react-router";
import { ActionIcon, Button, Chip, Group, Switch, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBolt,
  IconChevronDown,
  IconChevronUp,
  IconDatabaseEdit,
  IconMail,
  IconRoute,
  IconUser,
  IconX,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { BeforeAfter } from "@/components/facts/BeforeAfter";
import { isAbout, type Topic, useFactWords } from "@/components/facts/fact";
import { Loading } from "@/components/Loading";
import { When } from "@/components/When";
import { locale, useLanguage, useT } from "@/i18n";
import { type Case, type Step, timelineQuery } from "./data";
import { type CaseSearch, TOPICS } from "./search";

const oneCase = getRouteApi("/shell/cases/$number");

/** Everything that happened, the newest first, in plain words. */
export function Timeline({ one }: { one: Case }) {
  const t = useT("cases");
  const search = oneCase.useSearch();
  const found = useInfiniteQuery(timelineQuery(one.number, search));
  const steps = useMemo(() => found.data?.pages.flatMap(({ items }) => items), [found.data]);
  if (!found.data && found.error)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <Filters search={search} steps={steps ?? []} />
      {steps ? <Steps steps={steps} /> : <Loading rows={8} />}
      {found.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("common:more")}
        </Button>
      )}
    </>
  );
}

function Filters({ search, steps }: { search: CaseSearch; steps: readonly Step[] }) {
  const t = useT("cases");
  const language = useLanguage();
  const navigate = oneCase.useNavigate();
  const { about, all, element, ...rest } = search;
  const show = (next: CaseSearch) => void navigate({ search: { ...rest, ...next }, replace: true });
  const kept = { ...(element && { element }) };
  const chosen = steps.find((step) => step.elementId === element)?.names?.[language] ?? element;
  return (
    <Group gap="xs" mb="sm" role="group" aria-label={t("cases:timeline.filter")}>
      <Chip.Group
        value={about ?? ""}
        onChange={(value) => {
          const topic = TOPICS.find((known) => known === value);
          show({ ...kept, ...(topic && { about: topic }) });
        }}
      >
        <Group gap={6}>
          <Chip size="xs" value="">
            {t("cases:timeline.story")}
          </Chip>
          {TOPICS.map((topic) => (
            <Chip key={topic} size="xs" value={topic}>
              {t(`cases:timeline.about.${topic}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {!about && (
        <Switch
          size="xs"
          checked={all ?? false}
          label={t("cases:timeline.all")}
          onChange={(event) => show({ ...kept, ...(event.currentTarget.checked && { all: true }) })}
        />
      )}
      {element && (
        <Button
          size="compact-xs"
          variant="light"
          rightSection={<IconX size={12} aria-hidden />}
          onClick={() => show({ ...(about && { about }), ...(all && { all }) })}
        >
          {t("cases:timeline.only", { element: chosen })}
        </Button>
      )}
    </Group>
  );
}

/** Steps by their days, each with its details. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const t = useT("cases");
  const language = useLanguage();
  if (steps.length === 0)
    return <EmptyState title={t("cases:timeline.none")}>{t("cases:timeline.noneText")}</EmptyState>;
  const day = new Intl.DateTimeFormat(locale(language), { dateStyle: "full" });
  const days = Map.groupBy(steps, (step) => day.format(new Date(step.at)));
  return (
    <>
      {[...days].map(([name, here]) => (
        <section key={name} aria-label={name}>
          <Text size="xs" c="dimmed" fw={600} className="timeline-day">
            {name}
          </Text>
          <ol className="timeline">
            {here.map((step) => (
              <Entry key={`${step.processInstanceKey}-${step.sequence}`} step={step} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Entry({ step }: { step: Step }) {
  const t = useT("cases");
  const language = useLanguage();
  const words = useFactWords();
  const [isOpen, setOpen] = useState(false);
  const hasMore = step.variable || Object.values(step.details).some((value) => value !== null);
  const time = new Intl.DateTimeFormat(locale(language), { timeStyle: "medium" });
  return (
    <li data-problem={isAbout(step, "problems") || undefined}>
      <time dateTime={step.at} className="timeline-time">
        {time.format(new Date(step.at))}
      </time>
      <TopicIcon topic={ORDER.find((topic) => isAbout(step, topic))} />
      <div className="timeline-said">{words(step)}</div>
      {hasMore && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-expanded={isOpen}
          aria-label={t("cases:timeline.details", { what: words(step) })}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? (
            <IconChevronUp size={14} aria-hidden />
          ) : (
            <IconChevronDown size={14} aria-hidden />
          )}
        </ActionIcon>
      )}
      {isOpen && (
        <div className="timeline-more">
          <Text size="xs" c="dimmed">
            <When at={step.at} />
          </Text>
          <BeforeAfter fact={step} />
        </div>
      )}
    </li>
  );
}

const ORDER = ["problems", "people", "data", "messages", "process"] as const satisfies Topic[];

const ICONS: Record<Topic, typeof IconUser> = {
  problems: IconAlertTriangle,
  people: IconUser,
  data: IconDatabaseEdit,
  messages: IconMail,
  process: IconRoute,
};

function TopicIcon({ topic }: { topic: Topic | undefined }) {
  const Icon = topic ? ICONS[topic] : IconBolt;
  return <Icon size={15} aria-hidden className="timeline-icon" />;
}
