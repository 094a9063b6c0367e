/**
 * The modeler: bpmn-js with the properties of our dialect, element templates, simulation and
 * minimap. Findings stand at their elements. Drawing needs a mouse; all else works by keyboard.
 */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css";
import "@bpmn-io/properties-panel/dist/assets/properties-panel.css";
import "bpmn-js-element-templates/dist/assets/element-templates.css";
import "bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css";
import "diagram-js-minimap/assets/diagram-js-minimap.css";
import "./modeler.css";
import Modeler from "bpmn-js/lib/Modeler";
import type { Language } from "@/i18n";
import type { Handle, Mount } from "@/islands/contract";
import { type FindingMark, markFindings } from "./findings";
import { modulesIn, moddleExtensions } from "./modules";
import { showLegibly, zoom, type Zoom } from "@/islands/zoom";
import { isSimulationRemembered, rememberSimulation, simulationTexts } from "./simulation";
import { templatesIn } from "./templates";

export interface ModelerProps {
  /** The diagram that is opened; a change of it opens another. */
  xml: string;
  language: Language;
  templates: readonly object[];
  findings: readonly FindingMark[];
  /** The diagram after each change. */
  onChanged?: ((xml: string) => void) | undefined;
  /** Whether something can be undone and redone. */
  onHistory?: ((canUndo: boolean, canRedo: boolean) => void) | undefined;
  onFailed?: ((error: unknown) => void) | undefined;
}

export interface ModelerHandle extends Handle<ModelerProps> {
  undo: () => void;
  redo: () => void;
  zoom: (how: Zoom) => void;
  /** Selects an element and brings it into sight, also inside a collapsed sub-process. */
  select: (elementId: string) => void;
  /** What is written on an element, or undefined. */
  nameOf: (elementId: string) => string | undefined;
}

interface Shape {
  id: string;
  parent?: unknown;
  businessObject?: { name?: string };
}

interface Services {
  canvas: {
    findRoot(element: Shape): unknown;
    resized(): void;
    setRootElement(root: unknown): void;
    scrollToElement(element: Shape): void;
  };
  commandStack: { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean };
  elementRegistry: { get(id: string): Shape | undefined };
  elementTemplatesLoader: { setTemplates(templates: readonly object[]): void };
  popupMenu: { open(target: Shape, id: string, position: { x: number; y: number }): void };
  toggleMode: { toggleMode(active: boolean): void };
  selection: { select(element: Shape | null): void };
}

/** Below this scale nobody can read and change what stands in a step. */
const LEGIBLE = 0.75;

export const mount: Mount<ModelerProps, ModelerHandle> = (element, first) => {
  let props = first;
  let live = true;
  let drawn = first.xml;
  let writing = Promise.resolve();
  const { ground, panel, drawing } = lay(element);
  let modeler = made();
  let texts = simulationTexts(drawing, props.language);

  const service = <Name extends keyof Services>(name: Name) => modeler.get<Services[Name]>(name);

  function made(): Modeler {
    const fresh = new Modeler({
      container: drawing,
      additionalModules: modulesIn(props.language),
      moddleExtensions,
      propertiesPanel: { parent: panel },
    });
    fresh.on("commandStack.changed", () => {
      writing = writing.then(write);
    });
    fresh.on("tokenSimulation.toggleMode", ({ active }: { active: boolean }) => {
      if (live) rememberSimulation(active);
    });
    fresh.on("elementTemplates.select", ({ element: target }: { element: Shape }) => {
      const { left, top } = panel.getBoundingClientRect();
      service("popupMenu").open(target, "bpmn-replace", { x: left - 320, y: top + 60 });
    });
    return fresh;
  }

  async function write(): Promise<void> {
    const { xml } = await modeler.saveXML({ format: true });
    if (!live || !xml) return;
    drawn = xml;
    tellHistory();
    props.onChanged?.(xml);
  }

  function tellHistory(): void {
    const stack = service("commandStack");
    props.onHistory?.(stack.canUndo(), stack.canRedo());
  }

  async function open(xml: string): Promise<void> {
    drawn = xml;
    try {
      service("elementTemplatesLoader").setTemplates(templatesIn(props.language, props.templates));
      await modeler.importXML(xml);
      if (!live) return;
      showLegibly((name) => modeler.get(name), LEGIBLE);
      markFindings(modeler, props.findings);
      tellHistory();
      if (isSimulationRemembered()) service("toggleMode").toggleMode(true);
    } catch (error) {
      if (live) props.onFailed?.(error);
    }
  }

  const resizing = new ResizeObserver(() => service("canvas").resized());
  resizing.observe(drawing);
  void open(props.xml);

  return {
    update(next) {
      const before = props;
      props = next;
      if (next.language !== before.language) {
        texts();
        modeler.destroy();
        modeler = made();
        texts = simulationTexts(drawing, next.language);
        void open(drawn);
      } else if (next.xml !== before.xml) void open(next.xml);
      else if (next.findings !== before.findings) markFindings(modeler, next.findings);
    },
    zoom: (how) => zoom((name) => modeler.get(name), how),
    undo: () => service("commandStack").undo(),
    redo: () => service("commandStack").redo(),
    select(elementId) {
      const found = service("elementRegistry").get(elementId);
      if (!found) return;
      if (!found.parent) return service("selection").select(null);
      const canvas = service("canvas");
      canvas.setRootElement(canvas.findRoot(found));
      canvas.scrollToElement(found);
      service("selection").select(found);
    },
    nameOf: (elementId) =>
      service("elementRegistry").get(elementId)?.businessObject?.name ?? undefined,
    destroy() {
      live = false;
      resizing.disconnect();
      texts();
      modeler.destroy();
      ground.remove();
    },
  };
};

/** The drawing at the left, the properties at the right. */
function lay(element: HTMLElement) {
  const ground = document.createElement("div");
  const drawing = document.createElement("div");
  const panel = document.createElement("div");
  ground.className = "modeler-ground";
  drawing.className = "modeler-drawing";
  panel.className = "modeler-panel";
  ground.append(drawing, panel);
  element.append(ground);
  return { ground, drawing, panel };
}
