import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import type { Handle, Mount } from "@/islands/contract";

interface Props<P, H extends Handle<P>> {
  /** `() => import("@/islands/<name>")`, a constant: it is loaded once. */
  load: () => Promise<{ mount: Mount<P, H> }>;
  /** What the island shows; a change updates it in place. */
  props: P;
  /** The handle, for what is more than showing: submitting, saving. Null until it is there. */
  handle?: Ref<H | null>;
  className?: string;
}

/** Shows an island. React's strict mode mounts twice, so whatever arrives late is thrown away. */
export function Island<P, H extends Handle<P> = Handle<P>>(island: Props<P, H>) {
  const { load, props, className } = island;
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const [mounted, setMounted] = useState<H | null>(null);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useImperativeHandle(island.handle, () => mounted as H, [mounted]);

  useEffect(() => {
    let live = true;
    let made: H | undefined;
    load()
      .then(({ mount }) => {
        if (!live || !element.current) return;
        made = mount(element.current, latest.current);
        setMounted(made);
      })
      .catch((caught) => live && setError(caught));
    return () => {
      live = false;
      made?.destroy();
      setMounted(null);
    };
  }, [load, attempt]);

  useEffect(() => mounted?.update(props), [mounted, props]);

  const again = () => {
    setError(undefined);
    setAttempt((count) => count + 1);
  };
  if (error) return <ErrorState error={error} onRetry={again} />;
  return (
    <div className={`app-island ${className ?? ""}`}>
      {!mounted && <Loading />}
      <div ref={element} className="app-island-ground" />
    </div>
  );
}
