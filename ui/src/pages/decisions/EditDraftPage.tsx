import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { OpenDraft, type OpenedModel } from "@/components/library/OpenModel";
import { useLanguage } from "@/i18n";
import { DecisionWorkspace } from "./DecisionWorkspace";
import { decisionsOf, parsed } from "./reading";

const editDraft = getRouteApi("/shell/decisions/drafts/$name");

/** A file of decisions that is not deployed yet. */
export function EditDraftPage() {
  const { name } = editDraft.useParams();
  return (
    <OnlyOwners>
      <OpenDraft name={name}>{(model) => <Draft {...model} />}</OpenDraft>
    </OnlyOwners>
  );
}

/** The file, opened at its first decision. */
function Draft(model: OpenedModel) {
  const language = useLanguage();
  const navigate = useNavigate();
  const first = decisionsOf(parsed(model.begun), language)[0];
  const open = (id: string) =>
    void navigate({ to: "/decisions/$id/edit", params: { id }, search: {}, ignoreBlocker: true });
  return (
    <DecisionWorkspace
      {...model}
      title={first?.name ?? model.title}
      decision={first?.id ?? ""}
      onDeployed={open}
    />
  );
}
