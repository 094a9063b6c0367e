import { Group } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { AppLink } from "@/components/AppLink";
import type { Column } from "@/components/DataTable";
import { useModelColumns } from "@/components/library/columns";
import { ModelList } from "@/components/library/ModelList";
import type { Model } from "@/components/library/models";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { locale, useLanguage, useT } from "@/i18n";
import { NewProcess } from "./NewProcess";

/** The processes: what is live, what runs, what is being changed. */
export function LibraryPage() {
  const t = useT("library");
  const columns = useColumns();
  return (
    <OnlyOwners>
      <ModelList
        kind="bpmn"
        title={t("library:title")}
        subtitle={t("library:subtitle")}
        actions={
          <AppLink to="/imports">
            <Group gap={4} component="span">
              <IconFileImport size={15} aria-hidden />
              {t("library:import")}
            </Group>
          </AppLink>
        }
        columns={columns}
        empty={{ title: t("library:empty"), text: t("library:emptyText") }}
        make={{ label: t("library:new"), dialog: (close) => <NewProcess onClose={close} /> }}
      />
    </OnlyOwners>
  );
}

function useColumns(): readonly Column<Model>[] {
  const t = useT("library");
  const numbers = new Intl.NumberFormat(locale(useLanguage()));
  const shared = useModelColumns("bpmn", t("library:columns.name"));
  return [
    shared.name,
    shared.version,
    {
      key: "running",
      header: t("library:columns.running"),
      numeric: true,
      render: ({ runningInstances }) => numbers.format(runningInstances ?? 0),
    },
    shared.draft,
    shared.deployed,
    shared.why,
    shared.file,
  ];
}
