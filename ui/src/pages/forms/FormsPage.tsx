import type { Column } from "@/components/DataTable";
import { useModelColumns } from "@/components/library/columns";
import { ModelList } from "@/components/library/ModelList";
import type { Model } from "@/components/library/models";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { locale, useLanguage, useT } from "@/i18n";
import { NewForm } from "./NewForm";

/** The forms: what is live, who shows them, and what is being changed. */
export function FormsPage() {
  const t = useT("forms");
  const columns = useColumns();
  return (
    <OnlyOwners>
      <ModelList
        kind="form"
        title={t("forms:title")}
        subtitle={t("forms:subtitle")}
        columns={columns}
        empty={{ title: t("forms:empty"), text: t("forms:emptyText") }}
        make={{ label: t("forms:new"), dialog: (close) => <NewForm onClose={close} /> }}
      />
    </OnlyOwners>
  );
}

function useColumns(): readonly Column<Model>[] {
  const t = useT("forms");
  const numbers = new Intl.NumberFormat(locale(useLanguage()));
  const shared = useModelColumns("form", t("forms:columns.name"));
  return [
    shared.name,
    { key: "id", header: t("forms:columns.id"), render: ({ id }) => <code>{id}</code> },
    shared.version,
    {
      key: "usedBy",
      header: t("forms:columns.usedBy"),
      numeric: true,
      render: ({ usedBy }) => numbers.format(usedBy),
    },
    shared.draft,
    shared.deployed,
    shared.why,
    shared.file,
  ];
}
