import { ActionIcon } from "@mantine/core";
import { IconMenu2 } from "@tabler/icons-react";
import { Link, Outlet } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { Account } from "@/app/Account";
import { DemoLoading } from "@/app/DemoLoading";
import { KeysButton } from "@/app/KeysButton";
import { LanguageSwitch } from "@/app/LanguageSwitch";
import mark from "@/app/mark.svg";
import { Navigation } from "@/app/Navigation";
import { Loading } from "@/components/Loading";
import { useT } from "@/i18n";

/** The frame around every page of somebody who has signed in. */
export function Shell() {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="app-frame">
      <a className="app-skip" href="#main">
        {t("common:skip")}
      </a>
      <header className="app-header">
        <ActionIcon
          variant="subtle"
          color="gray"
          hiddenFrom="sm"
          aria-label={t("common:nav.toggle")}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconMenu2 size={20} aria-hidden />
        </ActionIcon>
        <Link to="/" className="app-brand" aria-label="Redress">
          <img src={mark} alt="" width={24} height={24} />
          <span>Redress</span>
        </Link>
        <DemoLoading />
        <div className="app-tools">
          <KeysButton />
          <LanguageSwitch />
          <Account />
        </div>
      </header>
      <div className="app-navigation" data-open={isOpen || undefined}>
        <Navigation onChosen={() => setOpen(false)} />
      </div>
      <main id="main" className="app-main" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
