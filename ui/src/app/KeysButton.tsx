import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKeyboard } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";

const KeysDialog = lazy(() => import("@/app/KeysDialog"));

/** Opens the list of keys, as `?` does. */
export function KeysButton() {
  const t = useT();
  const [opened, { open, close }] = useDisclosure();
  useKeys([{ key: "?", label: t("common:keys.help"), run: open }]);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        visibleFrom="sm"
        onClick={open}
        aria-label={t("common:keys.title")}
      >
        <IconKeyboard size={18} aria-hidden />
      </ActionIcon>
      {opened && (
        <Suspense>
          <KeysDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}
