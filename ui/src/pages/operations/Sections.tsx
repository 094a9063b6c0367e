import { Group } from "@mantine/core";
import { usePermissions, useSession } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { useT } from "@/i18n";

const PAGES = ["incidents", "jobs", "timers"] as const;
type Section = "overview" | "clock" | (typeof PAGES)[number];

/** The way between the pages of operators. */
export function Sections({ here }: { here: Section }) {
  const t = useT("operations");
  const { demo } = useSession();
  const { mayAdminister } = usePermissions();
  return (
    <Group component="nav" gap="md" mb="sm" aria-label={t("operations:sections.label")}>
      <AppLink to="/operations" size="sm" {...current(here === "overview")}>
        {t("operations:sections.overview")}
      </AppLink>
      {PAGES.map((page) => (
        <AppLink key={page} to={`/operations/${page}`} size="sm" {...current(here === page)}>
          {t(`operations:sections.${page}`)}
        </AppLink>
      ))}
      {demo && mayAdminister && (
        <AppLink to="/operations/clock" size="sm" {...current(here === "clock")}>
          {t("operations:sections.clock")}
        </AppLink>
      )}
    </Group>
  );
}

function current(isHere: boolean) {
  return isHere ? ({ fw: 600, c: "inherit", "aria-current": "page" } as const) : {};
}
