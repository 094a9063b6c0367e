import { getRouteApi } from "@tanstack/react-router";
import { Button, Group } from "@mantine/core";
import { IconDownload, IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { useActorName, useFactWords } from "@/components/facts/fact";
import { VariableWords } from "@/components/facts/variableWords";
import { Found } from "@/components/Found";
import { useList } from "@/components/list";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { AuditFilters } from "./AuditFilters";
import "./audit.css";
import { type Entry, exportAddress, historyQuery, keyOf } from "./data";
import { EntryPanel } from "./EntryPanel";
import type { AuditSearch } from "./search";

const audit = getRouteApi("/shell/audit");

export function AuditPage() {
  const t = useT("audit");
  const may = usePermissions();
  if (!may.mayAudit)
    return (
      <EmptyState isPage icon={IconLock} title={t("audit:notAllowed")}>
        {t("audit:notAllowedText")}
      </EmptyState>
    );
  return <History />;
}

const NO_ROWS: Entry[] = [];

function History() {
  const t = useT("audit");
  const search = audit.useSearch();
  const navigate = audit.useNavigate();
  const { first, table } = useList(historyQuery(search));
  const [opened, setOpened] = useState<string>();
  const entry = table.rows?.find((row) => keyOf(row) === opened);
  const columns = useColumns((row) => setOpened(keyOf(row)));
  const show = (next: AuditSearch) => {
    setOpened(undefined);
    void navigate({ search: next, replace: true });
  };
  return (
    <VariableWords instances={table.rows ?? NO_ROWS}>
      <div className="app-page audit-page">
        <PageHeader title={t("audit:title")} actions={<Exports search={search} />}>
          <Found page={first?.page} />
        </PageHeader>
        <AuditFilters search={search} onChange={show} />
        <div className="audit-columns" data-open={entry ? "" : undefined}>
          <DataTable
            {...table}
            label={t("audit:title")}
            columns={columns}
            rowKey={keyOf}
            current={opened}
            onOpen={(row) => setOpened(keyOf(row))}
            empty={<EmptyState title={t("audit:none")}>{t("audit:noneText")}</EmptyState>}
          />
          {entry && <EntryPanel entry={entry} onClose={() => setOpened(undefined)} />}
        </div>
      </div>
    </VariableWords>
  );
}

function Exports({ search }: { search: AuditSearch }) {
  const t = useT("audit");
  const language = useLanguage();
  return (
    <Group gap="xs">
      {(["csv", "json"] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={exportAddress(search, format, language)}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t(`audit:export.${format}`)}
        </Button>
      ))}
    </Group>
  );
}

/** Reads the names of variables where they are known: inside the page's `VariableWords`. */
function What({ row, open }: { row: Entry; open: (row: Entry) => void }) {
  const words = useFactWords();
  return (
    <button
      type="button"
      className="audit-open"
      onClick={(event) => {
        event.stopPropagation();
        open(row);
      }}
    >
      {words(row)}
    </button>
  );
}

function useColumns(open: (row: Entry) => void): Column<Entry>[] {
  const t = useT("audit");
  const actor = useActorName();
  return [
    {
      key: "at",
      header: t("audit:columns.at"),
      width: 165,
      render: (row) => (
        <span className="app-nowrap">
          <When at={row.at} />
        </span>
      ),
    },
    {
      key: "who",
      header: t("audit:columns.who"),
      width: 160,
      render: (row) => actor(row.actor),
    },
    {
      key: "what",
      header: t("audit:columns.what"),
      render: (row) => <What row={row} open={open} />,
    },
    {
      key: "case",
      header: t("audit:columns.case"),
      width: 130,
      render: (row) =>
        row.caseNumber && (
          <AppLink
            to="/cases/$number"
            params={{ number: row.caseNumber }}
            search={{}}
            size="sm"
            onClick={(event) => event.stopPropagation()}
          >
            {row.caseNumber}
          </AppLink>
        ),
    },
  ];
}
