/** What an area says of its entries in the navigation. */
import type { Permissions } from "@/api/state";
import type { Texts } from "@/i18n/areas";

/** An entry of the navigation. */
export interface NavItem {
  to: string;
  /** Key of its text in `common.json`, below `nav`. */
  label: keyof Texts["common"]["nav"];
  icon: React.ComponentType<{ size?: number | string; stroke?: number | string }>;
  /** Who is offered it; the server decides what they may do. */
  offeredTo: (permissions: Permissions) => boolean;
}
