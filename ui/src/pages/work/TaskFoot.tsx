import { Button, Text } from "@mantine/core";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import type { Draft } from "./draft";

interface Props {
  /** How the task can be taken, if it can. */
  takes: "take" | "takeOver" | undefined;
  isMine: boolean;
  isBusy: boolean;
  draft: Draft;
  onTake: () => void;
  onRelease: () => void;
  onComplete: () => void;
}

/** The buttons of a task, always in sight. */
export function TaskFoot({ takes, isMine, isBusy, draft, onTake, onRelease, onComplete }: Props) {
  const t = useT("work");
  if (!takes && !isMine) return null;
  return (
    <footer className="task-foot">
      {takes && (
        <Button loading={isBusy} onClick={onTake}>
          {t(`work:task.${takes}`)}
        </Button>
      )}
      {isMine && (
        <>
          <Button loading={isBusy} onClick={onComplete}>
            {t("work:task.complete")}
          </Button>
          <Button variant="default" disabled={isBusy} onClick={onRelease}>
            {t("work:task.release")}
          </Button>
          <Text size="xs" c="dimmed" role="status" ml="auto">
            {draft.state === "saved" && (
              <>
                {t("work:draft.saved")} <When at={draft.savedAt} />
              </>
            )}
            {draft.state === "failed" && t("work:draft.failed")}
          </Text>
        </>
      )}
    </footer>
  );
}
