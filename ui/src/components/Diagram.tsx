import { useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import type { DiagramProps } from "@/islands/diagram";
import { Island } from "@/islands/Island";

const load = () => import("@/islands/diagram");

type Props = Omit<DiagramProps, "onFailed"> & {
  /** What the picture shows; what it says must stand beside it as text too. */
  label: string;
};

/** A diagram with marked elements. The drawing is for eyes; the page owes readers its text. */
export function Diagram({ label, ...props }: Props) {
  const [error, setError] = useState<unknown>();
  if (error) return <ErrorState error={error} />;
  return (
    <section aria-label={label} className="app-diagram">
      <Island load={load} props={{ ...props, onFailed: setError }} className="diagram" />
    </section>
  );
}
