import type { MantineColor } from "@mantine/core";
import { useT } from "@/i18n";

/** Returns a function that says in passing what has been done; readers hear it too. */
export function useToast(): (message: string, color?: MantineColor) => void {
  const t = useT();
  return (message, color = "green") => {
    const closeButtonProps = { "aria-label": t("common:close") };
    void import("@mantine/notifications").then(({ notifications }) =>
      notifications.show({ message, color, closeButtonProps }),
    );
  };
}
