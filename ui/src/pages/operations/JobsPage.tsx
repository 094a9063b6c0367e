import { Badge, Group, NativeSelect, Text } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { useList } from "@/components/list";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import { CaseLink } from "./CaseLink";
import { type Job, jobsQuery } from "./lists";
import { ProcessFilter } from "./ProcessFilter";
import { JOB_STATES, type JobsSearch } from "./search";
import { Sections } from "./Sections";
import { Where } from "./Where";
import { WorkFilter } from "./WorkFilter";
import { useWorkNames } from "./works";
import "./operations.css";

const jobList = getRouteApi("/shell/operations/jobs");

/** What connectors and outside workers have still to do. */
export function JobsPage() {
  const t = useT("operations");
  const search = jobList.useSearch();
  const navigate = useNavigate();
  const columns = useColumns();
  const { table } = useList(jobsQuery(search));
  const change = (changes: Partial<Record<keyof JobsSearch, unknown>>) =>
    void navigate({
      to: "/operations/jobs",
      search: (before) => ({ ...before, ...changes }) as JobsSearch,
      replace: true,
    });
  return (
    <div className="app-page">
      <PageHeader title={t("operations:jobs.title")}>{t("operations:jobs.text")}</PageHeader>
      <Sections here="jobs" />
      <Group gap={6} mb="xs">
        <NativeSelect
          size="xs"
          aria-label={t("operations:filters.state")}
          value={search.state ?? ""}
          onChange={(event) => change({ state: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: t("operations:filters.anyState") },
            ...JOB_STATES.map((value) => ({ value, label: t(`operations:jobs.states.${value}`) })),
          ]}
        />
        <WorkFilter value={search.work} onChange={(work) => change({ work })} />
        <ProcessFilter value={search.process} onChange={(process) => change({ process })} />
      </Group>
      <DataTable
        {...table}
        label={t("operations:jobs.title")}
        columns={columns}
        rowKey={(job) => job.jobKey}
        height="calc(100dvh - 220px)"
        empty={<EmptyState title={t("operations:jobs.none")} />}
      />
    </div>
  );
}

function useColumns(): Column<Job>[] {
  const t = useT("operations");
  const works = useWorkNames();
  return [
    {
      key: "state",
      header: t("operations:columns.state"),
      width: 150,
      render: (job) =>
        job.state === "FAILED" && job.retries === 0 ? (
          <AppLink
            to="/operations/incidents"
            search={{ work: job.type, process: job.processId }}
            size="sm"
          >
            {t("operations:jobs.stopped")}
          </AppLink>
        ) : job.state === "FAILED" ? (
          <Badge color="orange">{t("operations:jobs.again", { count: job.retries })}</Badge>
        ) : (
          <Badge color="gray">
            {t(job.leasedUntil ? "operations:jobs.taken" : "operations:jobs.waiting")}
          </Badge>
        ),
    },
    {
      key: "step",
      header: t("operations:columns.step"),
      render: (job) => (
        <>
          <Where names={job.names} processId={job.processId} />
          {job.errorMessage && (
            <Text size="xs" lang="en" className="operations-message" lineClamp={2}>
              {job.errorMessage}
            </Text>
          )}
        </>
      ),
    },
    {
      key: "type",
      header: t("operations:columns.work"),
      width: 190,
      render: (job) => works.get(job.type) ?? <code>{job.type}</code>,
    },
    {
      key: "case",
      header: t("operations:columns.case"),
      width: 120,
      render: (job) => <CaseLink number={job.caseNumber} />,
    },
    {
      key: "since",
      header: t("operations:columns.since"),
      width: 130,
      render: (job) => <When at={job.creationTime} as="relative" />,
    },
  ];
}
