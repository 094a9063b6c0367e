import { Badge, Button, FileInput, Group, Paper, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePeopleNames } from "@/api/directory";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { useList } from "@/components/list";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import { importFile, type ImportSummary, importsQuery } from "./imports";

/** Diagrams of other tools: bring one in, or look at an earlier one. */
export function ImportsPage() {
  return (
    <OnlyOwners>
      <Imports />
    </OnlyOwners>
  );
}

function Imports() {
  const t = useT("library");
  const { table } = useList(importsQuery);
  const columns = useColumns();
  return (
    <div className="app-page">
      <PageHeader title={t("library:imports.title")}>{t("library:imports.subtitle")}</PageHeader>
      <BringIn />
      <DataTable
        {...table}
        label={t("library:imports.title")}
        columns={columns}
        rowKey={(row) => row.key}
        empty={
          <EmptyState icon={IconFileImport} title={t("library:imports.empty")}>
            {t("library:imports.emptyText")}
          </EmptyState>
        }
      />
    </div>
  );
}

function BringIn() {
  const t = useT("library");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const bringing = useMutation({
    mutationFn: importFile,
    onSuccess: async ({ key }) => {
      await queries.invalidateQueries({ queryKey: ["library", "imports"] });
      await navigate({ to: "/imports/$key", params: { key } });
    },
  });
  return (
    <Paper withBorder p="md" mb="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file) bringing.mutate(file);
        }}
      >
        <Stack gap="xs">
          <Group align="flex-end" gap="sm">
            <FileInput
              label={t("library:imports.file")}
              placeholder={t("library:imports.choose")}
              accept=".bpmn,.xml,.bpmn20.xml"
              clearable
              clearButtonProps={{ "aria-label": t("library:imports.clear") }}
              value={file}
              onChange={setFile}
              w={320}
            />
            <Button type="submit" disabled={!file} loading={bringing.isPending}>
              {t("library:imports.do")}
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            {t("library:imports.promise")}
          </Text>
          {bringing.error && <ErrorState error={bringing.error} />}
        </Stack>
      </form>
    </Paper>
  );
}

function useColumns(): readonly Column<ImportSummary>[] {
  const t = useT("library");
  const nameOf = usePeopleNames();
  return [
    {
      key: "file",
      header: t("library:imports.file"),
      render: ({ key, fileName }) => (
        <AppLink to="/imports/$key" params={{ key }} fw={500}>
          {fileName}
        </AppLink>
      ),
    },
    {
      key: "result",
      header: t("library:imports.result"),
      render: ({ executable, errors }) =>
        executable ? (
          <Badge color="green">{t("library:imports.ready")}</Badge>
        ) : (
          <Badge color="red">{t("library:imports.blocked", { count: errors })}</Badge>
        ),
    },
    {
      key: "at",
      header: t("library:imports.at"),
      render: ({ importedAt, importedBy }) => (
        <>
          <When at={importedAt} as="relative" /> · {nameOf(importedBy)}
        </>
      ),
    },
  ];
}
