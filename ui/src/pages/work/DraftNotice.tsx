import { Alert, Button, Group } from "@mantine/core";
import { useT } from "@/i18n";
import type { Draft } from "./draft";

interface Props {
  draft: Draft;
  /** To be shown what is on the server instead of what is typed here. */
  onOpenAgain: () => void;
}

/** What stands in the way of keeping the draft, and what to do about it. */
export function DraftNotice({ draft, onOpenAgain }: Props) {
  const t = useT("work");
  if (draft.state === "refused")
    return (
      <Alert color="orange" role="alert" mb="sm">
        {t("work:draft.refused")}
      </Alert>
    );
  if (draft.state !== "elsewhere") return null;
  const showOther = () => {
    draft.forget();
    onOpenAgain();
  };
  return (
    <Alert color="orange" role="alert" mb="sm" title={t("work:draft.elsewhere.title")}>
      {t("work:draft.elsewhere.text")}
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" onClick={draft.keepThis}>
          {t("work:draft.elsewhere.keep")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={showOther}>
          {t("work:draft.elsewhere.show")}
        </Button>
      </Group>
    </Alert>
  );
}
