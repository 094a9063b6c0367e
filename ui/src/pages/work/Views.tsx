import { Button, Menu } from "@mantine/core";
import { IconBookmark, IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePeopleNames } from "@/api/directory";
import { useT } from "@/i18n";
import type { WorkSearch } from "./search";
import { ViewsDialog } from "./ViewsDialog";
import { isShown, type SavedView, searchOf, viewsQuery } from "./views";

interface Props {
  search: WorkSearch;
  onShow: (search: WorkSearch) => void;
}

/** One's own views and those of one's groups; the name of what is shown now stands on the button. */
export default function Views({ search, onShow }: Props) {
  const t = useT("work");
  const nameOf = usePeopleNames();
  const views = useQuery(viewsQuery).data ?? [];
  const [isOpen, setOpen] = useState(false);
  const current = views.find((view) => isShown(view, search));
  const item = (view: SavedView) => (
    <Menu.Item
      key={view.owner + view.name}
      aria-current={view === current ? "true" : undefined}
      onClick={() => onShow(searchOf(view))}
    >
      {view.isOwn ? view.name : t("work:saved.of", { view: view.name, name: nameOf(view.owner) })}
    </Menu.Item>
  );
  const own = views.filter((view) => view.isOwn);
  const shared = views.filter((view) => !view.isOwn);
  return (
    <>
      <Menu position="bottom-start" withinPortal={false}>
        <Menu.Target>
          <Button
            size="xs"
            px={10}
            variant={current ? "light" : "default"}
            leftSection={<IconBookmark size={14} aria-hidden />}
            rightSection={<IconChevronDown size={12} aria-hidden />}
          >
            {current?.name ?? t("work:saved.title")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {own.length > 0 && <Menu.Label>{t("work:saved.own")}</Menu.Label>}
          {own.map(item)}
          {shared.length > 0 && <Menu.Label>{t("work:saved.shared")}</Menu.Label>}
          {shared.map(item)}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setOpen(true)}>{t("work:saved.manage")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isOpen && <ViewsDialog search={search} own={own} onClose={() => setOpen(false)} />}
    </>
  );
}
