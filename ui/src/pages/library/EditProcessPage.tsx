import { getRouteApi } from "@tanstack/react-router";
import { AppLink } from "@/components/AppLink";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { OpenModel } from "@/components/library/OpenModel";
import { useT } from "@/i18n";
import { ModelerWorkspace } from "./ModelerWorkspace";

const editProcess = getRouteApi("/shell/processes/$id/edit");

/** The diagram of a deployed process: its draft if there is one, else what is live. */
export function EditProcessPage() {
  const t = useT("library");
  const { id } = editProcess.useParams();
  const { version } = editProcess.useSearch();
  return (
    <OnlyOwners>
      <OpenModel kind="bpmn" id={id} version={version}>
        {(model) => (
          <ModelerWorkspace
            {...model}
            tools={
              <AppLink
                to="/processes/$id/compare"
                params={{ id }}
                search={
                  version === undefined
                    ? {}
                    : { from: version, to: model.versions?.versions[0]?.version ?? 1 }
                }
                size="sm"
              >
                {t("library:compare.open")}
              </AppLink>
            }
          />
        )}
      </OpenModel>
    </OnlyOwners>
  );
}
