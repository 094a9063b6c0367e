import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

interface Props {
  title: string;
  children: ReactNode;
  onToggled?: (isOpen: boolean) => void;
}

/** A part of an editor that is folded away below it; what it holds is made only when it is open. */
export function Drawer({ title, children, onToggled }: Props) {
  const [isOpen, setOpen] = useState(false);
  const Chevron = isOpen ? IconChevronDown : IconChevronUp;
  return (
    <section className="workspace-drawer" aria-label={title}>
      <button
        type="button"
        className="workspace-drawer-toggle"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
          onToggled?.(!isOpen);
        }}
      >
        <Chevron size={15} aria-hidden />
        {title}
      </button>
      {isOpen && children}
    </section>
  );
}
