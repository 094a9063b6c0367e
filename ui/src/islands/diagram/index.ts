/** A BPMN diagram to look at: zoom, pan, marked elements, clicks. */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import "./diagram.css";
import looks from "./diagram.css?inline";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type { Language } from "@/i18n";
import type { Handle, Mount } from "@/islands/contract";
import { showLegibly, zoom, type Zoom } from "@/islands/zoom";
import { nameIn } from "./names";

/** How an element is shown: passed, waited at, late, stopped by an incident, chosen. */
export type Mark = "done" | "active" | "late" | "incident" | "chosen";

export interface DiagramProps {
  xml: string;
  /** The names of the parts are shown in it. */
  language: Language;
  marks: readonly { elementId: string; mark: Mark; count?: number }[];
  onChosen?: ((elementId: string) => void) | undefined;
  /** The process has no drawing. */
  onUndrawn?: (() => void) | undefined;
  onFailed?: ((error: unknown) => void) | undefined;
}

export interface DiagramHandle extends Handle<DiagramProps> {
  /** The picture with its marks, as an SVG document. */
  svg: () => Promise<string>;
  zoom: (how: Zoom) => void;
}

interface Shape {
  children?: readonly { type: string }[];
}

interface Canvas {
  zoom(level?: number | "fit-viewport", center?: "auto"): number;
  scrollToElement(element: string, padding?: number): void;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}

interface Overlays {
  clear(): void;
  add(id: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): void;
}

/** Below this scale nobody can read the names of the steps. */
const LEGIBLE = 0.55;
const MARGIN_PX = 120;

export const mount: Mount<DiagramProps, DiagramHandle> = (element, first) => {
  const viewer = new NavigatedViewer({ container: element });
  let props = first;
  let live = true;
  let drawn: DiagramProps["marks"] = [];

  const canvas = () => viewer.get<Canvas>("canvas");
  const shape = (id: string) =>
    viewer.get<{ get(id: string): Shape | undefined }>("elementRegistry").get(id);
  const holdsOthers = (id: string) =>
    Boolean(shape(id)?.children?.some(({ type }) => type !== "label"));

  function paint(): void {
    for (const { elementId, mark } of drawn) {
      canvas().removeMarker(elementId, `mark-${mark}`);
    }
    viewer.get<Overlays>("overlays").clear();
    drawn = props.marks.filter(({ elementId }) => shape(elementId));
    for (const { elementId, mark, count } of drawn) {
      canvas().addMarker(elementId, `mark-${mark}`);
      if (holdsOthers(elementId)) canvas().addMarker(elementId, "mark-holds-others");
      if (count) viewer.get<Overlays>("overlays").add(elementId, bubble(count, mark));
    }
  }

  /** What is to be kept in sight: what was chosen, or else where a token is. */
  function wanted(): string | undefined {
    const found =
      drawn.find(({ mark }) => mark === "chosen") ??
      drawn.find(({ mark, elementId }) => mark !== "done" && !holdsOthers(elementId));
    return found?.elementId;
  }

  function follow(): void {
    const elementId = wanted();
    if (elementId) canvas().scrollToElement(elementId, MARGIN_PX);
  }

  async function draw(): Promise<void> {
    drawn = [];
    try {
      await viewer.importXML(props.xml);
      if (!live) return;
      paint();
      showLegibly((name) => viewer.get(name), LEGIBLE, wanted());
    } catch (error) {
      if (!live) return;
      const read = viewer.getDefinitions();
      if (read && !read.diagrams?.length) props.onUndrawn?.();
      else props.onFailed?.(error);
    }
  }

  viewer.on("import.parse.complete", ({ elementsById }: { elementsById?: object }) =>
    nameIn(props.language, Object.values(elementsById ?? {})),
  );
  viewer.on("element.click", (event: { element: { id: string; parent?: unknown } }) => {
    if (event.element.parent) props.onChosen?.(event.element.id);
  });
  void draw();

  return {
    update(next) {
      const isOther = next.xml !== props.xml || next.language !== props.language;
      const isMarkedOtherwise = next.marks !== props.marks;
      props = next;
      if (isOther) void draw();
      else if (isMarkedOtherwise && viewer.getDefinitions()) {
        paint();
        follow();
      }
    },
    zoom: (how) => zoom((name) => viewer.get(name), how),
    async svg() {
      const { svg } = await viewer.saveSVG();
      return svg.replace(/(<svg[^>]*>)/, (opening) => `${opening}<style>${looks}</style>`);
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
