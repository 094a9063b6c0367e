import { IconCloudOff } from "@tabler/icons-react";
import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useT } from "@/i18n";

/** Says that the network is away; nothing that was typed is lost meanwhile. */
export function OfflineBar() {
  const t = useT();
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status" aria-live="polite">
      {!online && (
        <p className="app-offline">
          <IconCloudOff size={16} aria-hidden /> {t("common:offline.bar")}
        </p>
      )}
    </div>
  );
}
