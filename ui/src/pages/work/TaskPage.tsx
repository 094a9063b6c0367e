import { IconArrowLeft } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { AppLink } from "@/components/AppLink";
import { useT } from "@/i18n";
import TaskPanel from "./TaskPanel";
import "./work.css";

const here = getRouteApi("/shell/work/$task");

/** One task as a page of its own: on small screens, and for links to it. */
export function TaskPage() {
  const t = useT("work");
  const { task } = here.useParams();
  const search = here.useSearch();
  const navigate = useNavigate();
  return (
    <div className="task-page">
      <AppLink to="/work" search={search} size="sm" className="task-back">
        <IconArrowLeft size={14} aria-hidden /> {t("work:back")}
      </AppLink>
      <TaskPanel
        key={task}
        taskKey={task}
        isPage
        onDone={() => void navigate({ to: "/work", search })}
      />
    </div>
  );
}
