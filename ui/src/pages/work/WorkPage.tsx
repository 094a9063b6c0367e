import { PageHeader } from "@/components/PageHeader";
import { useT } from "@/i18n";

export function WorkPage() {
  const t = useT("work");
  return (
    <div className="app-page">
      <PageHeader title={t("work:title")} />
    </div>
  );
}
