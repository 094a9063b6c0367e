import i18next from "i18next";
import { useT } from "@/i18n";

/** Returns a function from a group to its name; the groups of roles have one in each language. */
export function useGroupName(): (groupId: string, name?: string) => string {
  const t = useT();
  return (groupId, name = groupId) =>
    i18next.exists(`common:groups.${groupId}`) ? t(`common:groups.${groupId}`, name) : name;
}
