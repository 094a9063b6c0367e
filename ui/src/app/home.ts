import type { Permissions } from "@/api/state";
import { navigation } from "@/areas";

/** Returns the page that somebody with these permissions begins at. */
export function homeOf(permissions: Permissions): string {
  return navigation.find((item) => item.offeredTo(permissions))?.to ?? "/work";
}
