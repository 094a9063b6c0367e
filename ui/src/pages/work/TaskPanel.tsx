import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useLanguage } from "@/i18n";
import { TaskHead } from "./TaskHead";
import { TaskWork } from "./TaskWork";
import { sheetQuery } from "./tasks";

interface Props {
  taskKey: string;
  /** True if the task is the page, not a part of it. */
  isPage?: boolean;
  /** It has been completed here. */
  onDone: (key: string) => void;
}

/** One task: what it is, who has it, its form. */
export default function TaskPanel({ taskKey, isPage = false, onDone }: Props) {
  const language = useLanguage();
  const { data, error, refetch } = useQuery({
    ...sheetQuery(taskKey, language),
    placeholderData: (before) => before,
  });
  const [opening, setOpening] = useState(0);
  const openAgain = async () => {
    await refetch();
    setOpening((count) => count + 1);
  };
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} isPage />;
  if (!data) return <Loading rows={8} />;
  return (
    <article className="task">
      <TaskHead sheet={data} isPage={isPage} />
      <TaskWork
        key={opening}
        sheet={data}
        onDone={() => onDone(taskKey)}
        onOpenAgain={() => void openAgain()}
      />
    </article>
  );
}
