import { Alert, Text } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import { useUsername } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { FormView } from "@/components/FormView";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import type { Filled, FormHandle } from "@/islands/form";
import { useTaskActions } from "./actions";
import { useDraft } from "./draft";
import { focusTask } from "./focus";
import { DraftNotice } from "./DraftNotice";
import { TaskFoot } from "./TaskFoot";
import { type TaskSheet, taskName } from "./tasks";

interface Props {
  sheet: TaskSheet;
  onDone: () => void;
  /** To be shown as it is on the server, without what is typed here. */
  onOpenAgain: () => void;
}

const NOTHING_TO_FILL: Filled = { values: {}, isComplete: true, files: new Map() };

/** The form of a task and what one may do with it. */
export function TaskWork({ sheet, onDone, onOpenAgain }: Props) {
  const t = useT("work");
  const { task } = sheet;
  const isMine = task.assignee === useUsername() && sheet.mayWork;
  const canTake = sheet.mayClaim && !isMine;
  const place = useRef<HTMLDivElement>(null);
  const form = useRef<FormHandle>(null);
  const draft = useDraft(sheet, isMine);
  const { claim, takeOver, release, complete, isBusy, isTaken, failure, errors } = useTaskActions(
    sheet,
    () => {
      draft.forget();
      onDone();
    },
  );
  const schema = useMemo(() => JSON.stringify(sheet.form), [sheet.form]);

  useEffect(() => {
    if (isMine && isTaken) focusTask(place.current);
  }, [isMine, isTaken]);
  const take = () => canTake && !task.assignee && claim.mutate();
  const finish = () => {
    if (!isMine || complete.isPending) return;
    const filled = form.current?.submit() ?? NOTHING_TO_FILL;
    if (!filled.isComplete) return;
    complete.mutate(filled);
  };
  useKeys([
    { key: "c", label: t("work:keys.claim"), run: take },
    { key: "Ctrl+Enter", label: t("work:keys.complete"), run: finish },
  ]);
  return (
    <>
      <div className="task-body" ref={place}>
        {failure && (
          <div className="task-failure">
            <ErrorState error={failure} />
          </div>
        )}
        <DraftNotice draft={draft} onOpenAgain={onOpenAgain} />
        <Notice sheet={sheet} canTake={canTake} />
        {sheet.form ? (
          <FormView
            label={t("work:task.form", { name: taskName(task) })}
            schema={schema}
            data={draft.values}
            readOnly={!isMine}
            errors={errors}
            onChanged={() => draft.changed(form.current)}
            handle={form}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t("work:task.noForm")}
          </Text>
        )}
      </div>
      <TaskFoot
        sheet={sheet}
        canTake={canTake}
        isMine={isMine}
        isBusy={isBusy}
        draft={draft}
        onTake={take}
        onTakeOver={() => takeOver.mutate()}
        onRelease={() => release.mutate()}
        onComplete={finish}
      />
    </>
  );
}

function Notice({ sheet, canTake }: { sheet: TaskSheet; canTake: boolean }) {
  const t = useT("work");
  const { task } = sheet;
  if (task.state !== "CREATED")
    return (
      <Alert mb="sm" role="note">
        {t("work:task.ended")}
      </Alert>
    );
  if (!canTake) return null;
  return (
    <Alert mb="sm" role="note">
      {t(task.assignee ? "work:task.takeOverText" : "work:task.takeText")}
    </Alert>
  );
}
