/** A BPMN diagram to look at: zoom, pan, marked elements, clicks. */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import "./diagram.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type { Mount } from "@/islands/contract";

/** How an element is shown: passed, waited at, late, stopped by an incident, chosen. */
export type Mark = "done" | "active" | "late" | "incident" | "chosen";

export interface DiagramProps {
  xml: string;
  marks: readonly { elementId: string; mark: Mark; count?: number }[];
  onChosen?: ((elementId: string) => void) | undefined;
  onFailed?: ((error: unknown) => void) | undefined;
}

interface Canvas {
  zoom(level: "fit-viewport", center?: "auto"): void;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}

interface Overlays {
  clear(): void;
  add(id: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): void;
}

export const mount: Mount<DiagramProps> = (element, first) => {
  const viewer = new NavigatedViewer({ container: element });
  let props = first;
  let live = true;
  let drawn: DiagramProps["marks"] = [];

  const canvas = () => viewer.get<Canvas>("canvas");
  const exists = (id: string) =>
    Boolean(viewer.get<{ get(id: string): unknown }>("elementRegistry").get(id));

  function paint(): void {
    for (const { elementId, mark } of drawn) canvas().removeMarker(elementId, `mark-${mark}`);
    viewer.get<Overlays>("overlays").clear();
    drawn = props.marks.filter(({ elementId }) => exists(elementId));
    for (const { elementId, mark, count } of drawn) {
      canvas().addMarker(elementId, `mark-${mark}`);
      if (count) viewer.get<Overlays>("overlays").add(elementId, bubble(count, mark));
    }
  }

  async function draw(): Promise<void> {
    drawn = [];
    try {
      await viewer.importXML(props.xml);
      if (!live) return;
      canvas().zoom("fit-viewport", "auto");
      paint();
    } catch (error) {
      if (live) props.onFailed?.(error);
    }
  }

  viewer.on("element.click", (event: { element: { id: string; parent?: unknown } }) => {
    if (event.element.parent) props.onChosen?.(event.element.id);
  });
  void draw();

  return {
    update(next) {
      const isOther = next.xml !== props.xml;
      const isMarkedOtherwise = next.marks !== props.marks;
      props = next;
      if (isOther) void draw();
      else if (isMarkedOtherwise && viewer.getDefinitions()) paint();
    },
    destroy() {
      live = false;
      viewer.destroy();
    },
  };
};

function bubble(count: number, mark: Mark) {
  const html = document.createElement("span");
  html.className = `diagram-bubble diagram-bubble-${mark}`;
  html.textContent = String(count);
  return { position: { top: -10, right: 12 }, html };
}
