import { IconPencilOff } from "@tabler/icons-react";
import { type Ref, useImperativeHandle, useState } from "react";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { ZoomButtons } from "@/components/ZoomButtons";
import { useLanguage, useT } from "@/i18n";
import type { DiagramHandle, DiagramProps } from "@/islands/diagram";
import { Island } from "@/islands/Island";

const load = () => import("@/islands/diagram");

type Props = Omit<DiagramProps, "onFailed" | "onUndrawn" | "language"> & {
  /** What the picture shows; what it says must stand beside it as text too. */
  label: string;
  /** To save the picture: `handle.current.svg()`. */
  handle?: Ref<DiagramHandle | null>;
};

/** A diagram with marked elements. The drawing is for eyes; the page owes readers its text. */
export function Diagram({ label, handle, ...props }: Props) {
  const t = useT();
  const language = useLanguage();
  const [error, setError] = useState<unknown>();
  const [undrawn, setUndrawn] = useState<string>();
  const [drawn, setDrawn] = useState<DiagramHandle | null>(null);
  useImperativeHandle(handle, () => drawn as DiagramHandle, [drawn]);
  if (error) return <ErrorState error={error} />;
  if (undrawn === props.xml)
    return (
      <div className="app-undrawn">
        <EmptyState icon={IconPencilOff} title={t("common:undrawn.title")}>
          {t("common:undrawn.text")}
        </EmptyState>
      </div>
    );
  return (
    <section aria-label={label} className="app-diagram">
      <Island<DiagramProps, DiagramHandle>
        load={load}
        props={{
          ...props,
          language,
          onFailed: setError,
          onUndrawn: () => setUndrawn(props.xml),
        }}
        handle={setDrawn}
        className="diagram"
      />
      <ZoomButtons onZoom={(how) => drawn?.zoom(how)} />
    </section>
  );
}
