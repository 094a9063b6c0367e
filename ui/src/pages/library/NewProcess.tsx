import { useNavigate } from "@tanstack/react-router";
import { NewModel } from "@/components/library/NewModel";
import { useT } from "@/i18n";
import { blankProcess } from "./blank";

/** Asks for the names of a new process, and opens it. */
export function NewProcess({ onClose }: { onClose: () => void }) {
  const t = useT("library");
  const navigate = useNavigate();
  return (
    <NewModel
      title={t("library:new")}
      kind="bpmn"
      blank={blankProcess}
      onMade={(name) => void navigate({ to: "/processes/drafts/$name", params: { name } })}
      onClose={onClose}
    />
  );
}
