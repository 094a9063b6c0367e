import { NewModel } from "@/components/library/NewModel";
import { useT } from "@/i18n";
import { writeForm } from "@/islands/formeditor/document";

/** Asks for the names of a new form, and opens it. */
export function NewForm({ onClose }: { onClose: () => void }) {
  const t = useT("forms");
  return <NewModel title={t("forms:new")} kind="form" blank={blankForm} onClose={onClose} />;
}

/** A form without a field: its titles in both languages, of which English is the first. */
function blankForm(id: string, english: string, chinese: string): string {
  return writeForm({
    type: "default",
    id,
    schemaVersion: 19,
    executionPlatform: "Camunda Cloud",
    executionPlatformVersion: "8.9.0",
    title: english,
    components: [],
    translations: { zh: { title: chinese } },
  });
}
