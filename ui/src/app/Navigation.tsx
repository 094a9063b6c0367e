import { NavLink } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { usePermissions } from "@/api/session";
import { navigation } from "@/areas";
import { useT } from "@/i18n";

/** The areas that somebody's role offers. */
export function Navigation({ onChosen }: { onChosen: () => void }) {
  const t = useT();
  const permissions = usePermissions();
  const path = useLocation({ select: (location) => location.pathname });
  return (
    <nav aria-label={t("common:nav.label")}>
      {navigation
        .filter((item) => item.offeredTo(permissions))
        .map(({ to, label, icon: Icon }) => {
          const here = path === to || path.startsWith(`${to}/`);
          return (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={t(`common:nav.${label}`)}
              leftSection={<Icon size={17} stroke={1.7} />}
              active={here}
              aria-current={here ? "page" : undefined}
              onClick={onChosen}
            />
          );
        })}
    </nav>
  );
}
