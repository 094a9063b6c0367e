import { useModelColumns } from "@/components/library/columns";
import { ModelList } from "@/components/library/ModelList";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { useT } from "@/i18n";
import { NewDecision } from "./NewDecision";

/** The decisions: what is live, and what is being changed. */
export function DecisionsPage() {
  const t = useT("decisions");
  const { name, version, draft, deployed, why, file } = useModelColumns(
    "dmn",
    t("decisions:columns.name"),
  );
  return (
    <OnlyOwners>
      <ModelList
        kind="dmn"
        title={t("decisions:title")}
        subtitle={t("decisions:subtitle")}
        columns={[name, version, draft, deployed, why, file]}
        empty={{ title: t("decisions:empty"), text: t("decisions:emptyText") }}
        make={{
          label: t("decisions:new.title"),
          dialog: (close) => <NewDecision onClose={close} />,
        }}
      />
    </OnlyOwners>
  );
}
