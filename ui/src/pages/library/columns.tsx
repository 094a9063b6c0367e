import { AppLink } from "@/components/AppLink";
import type { Column } from "@/components/DataTable";
import { useModelColumns } from "@/components/library/columns";
import { locale, useLanguage, useT } from "@/i18n";
import { type Process, readXml } from "./library";

const NO_WRAP = { whiteSpace: "nowrap" } as const;

export function useColumns(): readonly Column<Process>[] {
  const t = useT("library");
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(locale(language));
  const { version, draft, deployed, why, file } = useModelColumns(({ key }) => readXml(key));
  return [
    {
      key: "name",
      header: t("library:columns.name"),
      render: ({ id, names }) => (
        <AppLink
          to="/processes/$process/edit"
          params={{ process: id }}
          search={{}}
          fw={500}
          style={NO_WRAP}
        >
          {names[language]}
        </AppLink>
      ),
    },
    version,
    {
      key: "running",
      header: t("library:columns.running"),
      numeric: true,
      render: ({ runningInstances }) => numbers.format(runningInstances ?? 0),
    },
    draft,
    deployed,
    why,
    file,
  ];
}
