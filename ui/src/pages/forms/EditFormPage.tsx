import { getRouteApi } from "@tanstack/react-router";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { OpenModel } from "@/components/library/OpenModel";
import { FormWorkspace } from "./FormWorkspace";

const editForm = getRouteApi("/shell/forms/$id/edit");

/** A deployed form: its draft if there is one, else what is live. */
export function EditFormPage() {
  const { id } = editForm.useParams();
  const { version } = editForm.useSearch();
  return (
    <OnlyOwners>
      <OpenModel kind="form" id={id} version={version}>
        {(model) => <FormWorkspace {...model} form={id} />}
      </OpenModel>
    </OnlyOwners>
  );
}
