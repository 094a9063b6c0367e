import { Paper, SimpleGrid, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { AppLink } from "@/components/AppLink";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { useLanguage, useT, locale } from "@/i18n";
import { overviewQuery } from "./lists";
import { Sections } from "./Sections";
import "./operations.css";

/** How much is running, waiting and stopped; what needs somebody leads to its list. */
export function OverviewPage() {
  const t = useT("operations");
  const { data, error, refetch } = useQuery(overviewQuery);
  return (
    <div className="app-page">
      <PageHeader title={t("operations:overview.title")}>
        {t("operations:overview.text")}
      </PageHeader>
      <Sections here="overview" />
      {data ? (
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing="sm">
          <Tile label={t("operations:overview.incidents")} count={data.incidents} isBad>
            <AppLink to="/operations/incidents">{t("operations:overview.show")}</AppLink>
          </Tile>
          <Tile label={t("operations:overview.overdueTimers")} count={data.overdueTimers} isBad>
            <AppLink to="/operations/timers" search={{ overdue: true }}>
              {t("operations:overview.show")}
            </AppLink>
          </Tile>
          <Tile label={t("operations:overview.failedJobs")} count={data.jobs.FAILED ?? 0} isBad>
            <AppLink to="/operations/jobs" search={{ state: "FAILED" }}>
              {t("operations:overview.show")}
            </AppLink>
          </Tile>
          <Tile label={t("operations:overview.waitingJobs")} count={data.jobs.CREATED ?? 0}>
            <AppLink to="/operations/jobs" search={{ state: "CREATED" }}>
              {t("operations:overview.show")}
            </AppLink>
          </Tile>
          <Tile label={t("operations:overview.timers")} count={data.timers}>
            <AppLink to="/operations/timers">{t("operations:overview.show")}</AppLink>
          </Tile>
          <Tile label={t("operations:overview.overdueTasks")} count={data.overdueTasks} isBad>
            <AppLink to="/work" search={{ view: "all", due: "overdue" }}>
              {t("operations:overview.show")}
            </AppLink>
          </Tile>
          <Tile label={t("operations:overview.openTasks")} count={data.openTasks}>
            <AppLink to="/work" search={{ view: "all" }}>
              {t("operations:overview.show")}
            </AppLink>
          </Tile>
          <Tile label={t("operations:overview.instances")} count={data.activeInstances} />
        </SimpleGrid>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  );
}

interface TileProps {
  label: string;
  count: number;
  /** True if anything but none needs somebody. */
  isBad?: boolean;
  children?: React.ReactNode;
}

function Tile({ label, count, isBad, children }: TileProps) {
  const language = useLanguage();
  return (
    <Paper withBorder p="sm" component="section" aria-label={label}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text className="operations-count" data-bad={(isBad && count > 0) || undefined}>
        {count.toLocaleString(locale(language))}
      </Text>
      <Text size="sm" component="div" mih={20}>
        {children}
      </Text>
    </Paper>
  );
}
