/** How large a diagram is shown. */

export type Zoom = "in" | "out" | "all";

type Services = <Service>(name: string) => Service;

interface Canvas {
  zoom(level?: number | "fit-viewport", center?: "auto"): number;
  scrollToElement(element: string, padding?: number): void;
}

interface Registry {
  filter(test: (element: Drawn) => boolean): readonly Drawn[];
}

interface Drawn {
  id: string;
  type: string;
  x?: number;
}

/** The modeler has its tools at the left, over the drawing. */
const MARGIN_PX = 170;

/**
 * Shows all of a diagram; one that would be too small to read is shown at the scale *legible*
 * instead, with the element *wanted* in sight, else with where it starts.
 */
export function showLegibly(get: Services, legible: number, wanted?: string): void {
  const canvas = get<Canvas>("canvas");
  if (canvas.zoom("fit-viewport", "auto") >= legible) return;
  canvas.zoom(legible);
  const shown = wanted ?? startOf(get<Registry>("elementRegistry"));
  if (shown) canvas.scrollToElement(shown, MARGIN_PX);
}

const STEP = 1.3;

/** Shows a diagram larger, smaller, or all of it. */
export function zoom(get: Services, how: Zoom): void {
  const canvas = get<Canvas>("canvas");
  if (how === "all") canvas.zoom("fit-viewport", "auto");
  else canvas.zoom(canvas.zoom() * (how === "in" ? STEP : 1 / STEP));
}

/** The start event furthest to the left. */
function startOf(registry: Registry): string | undefined {
  const starts = registry.filter(({ type }) => type === "bpmn:StartEvent");
  const [first] = [...starts].sort((one, other) => (one.x ?? 0) - (other.x ?? 0));
  return first?.id;
}
