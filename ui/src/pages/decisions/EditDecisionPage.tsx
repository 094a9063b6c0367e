import { getRouteApi } from "@tanstack/react-router";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { OpenModel } from "@/components/library/OpenModel";
import { DecisionWorkspace } from "./DecisionWorkspace";

const editDecision = getRouteApi("/shell/decisions/$id/edit");

/** The file of a deployed decision: its draft if there is one, else what is live. */
export function EditDecisionPage() {
  const { id } = editDecision.useParams();
  const { version } = editDecision.useSearch();
  return (
    <OnlyOwners>
      <OpenModel kind="dmn" id={id} version={version}>
        {(model) => <DecisionWorkspace {...model} decision={id} />}
      </OpenModel>
    </OnlyOwners>
  );
}
