import { NewModel } from "@/components/library/NewModel";
import { useT } from "@/i18n";
import { blankProcess } from "./blank";

/** Asks for the names of a new process, and opens it. */
export function NewProcess({ onClose }: { onClose: () => void }) {
  const t = useT("library");
  return <NewModel title={t("library:new")} kind="bpmn" blank={blankProcess} onClose={onClose} />;
}
