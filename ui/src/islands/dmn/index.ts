/**
 * The editor of decisions: dmn-js with the diagram of what needs what, tables and expressions.
 * Marked cells and rules keep their marks however often dmn-js draws them again.
 */
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-font/css/dmn-embedded.css";
import "./dmn.css";
import Modeler from "dmn-js/lib/Modeler";
import type { Language } from "@/i18n";
import type { Handle, Mount } from "@/islands/contract";
import { type Example, keepExamples } from "./examples";
import { marked } from "./marks";
import { textsOf } from "./texts";

export interface DmnProps {
  /** The file that is opened; a change of it opens another. */
  xml: string;
  language: Language;
  /** The decision that is shown, or the diagram of all of them if null. */
  view: string | null;
  /** Elements with findings, by their ids. */
  faults: readonly string[];
  /** Rules that matched, by their ids. */
  hits: readonly string[];
  /** What the file is to keep; those that it has when it is opened need not be given. */
  examples: readonly Example[];
  /** The file after each change. */
  onChanged?: ((xml: string) => void) | undefined;
  /** Somebody goes to another decision inside the editor, or to the diagram (null). */
  onView?: ((view: string | null) => void) | undefined;
  /** Whether something can be undone and redone in what is shown. */
  onHistory?: ((canUndo: boolean, canRedo: boolean) => void) | undefined;
  onFailed?: ((error: unknown) => void) | undefined;
}

export interface DmnHandle extends Handle<DmnProps> {
  undo: () => void;
  redo: () => void;
  /** Brings a cell, rule or column of the decision that is shown into sight. */
  reveal: (elementId: string) => void;
}

export const mount: Mount<DmnProps, DmnHandle> = (element, first) => {
  let props = first;
  let live = true;
  let drawn = first.xml;
  let writing = Promise.resolve();
  let modeler = made();
  const marks = marked();
  marks.show(props.faults, props.hits);

  function made(): Modeler {
    // Of `common` dmn-js would take no modules, it wants them for each kind of view.
    const view = { additionalModules: [textsOf(props.language)] };
    const views = { drd: view, decisionTable: view, literalExpression: view };
    const fresh = new Modeler({ container: element, ...views });
    fresh.on("viewer.created", ({ viewer }) => {
      viewer.on("commandStack.changed", () => {
        tellHistory();
        writing = writing.then(write);
      });
    });
    fresh.on("views.changed", ({ activeView }) => {
      const shown = idOf(activeView);
      tellHistory();
      if (live && shown !== undefined && shown !== props.view) props.onView?.(shown);
    });
    return fresh;
  }

  /** Each view remembers what was done in it. */
  const steps = () => modeler.getActiveViewer()?.get("commandStack");

  function tellHistory(): void {
    const stack = live ? steps() : undefined;
    props.onHistory?.(Boolean(stack?.canUndo()), Boolean(stack?.canRedo()));
  }

  /** dmn-js also says that something has changed when it opens a file. */
  async function write(): Promise<void> {
    if (!live) return;
    const { xml } = await modeler.saveXML({ format: true });
    if (!live || xml === drawn) return;
    drawn = xml;
    props.onChanged?.(xml);
  }

  function keep(examples: readonly Example[]): void {
    const definitions = modeler.getDefinitions();
    if (!definitions) return;
    keepExamples(definitions, modeler._moddle, examples);
    writing = writing.then(write);
  }

  async function open(xml: string): Promise<void> {
    drawn = xml;
    try {
      await modeler.importXML(xml, { open: false });
      if (live) await show();
    } catch (error) {
      if (live) props.onFailed?.(error);
    }
  }

  async function show(): Promise<void> {
    const views = modeler.getViews();
    const found = views.find((view) => idOf(view) === props.view) ?? views[0];
    if (!found || idOf(modeler.getActiveView()) === idOf(found)) return;
    await modeler.open(found);
    if (live && found.type === "drd") {
      modeler.getActiveViewer()?.get("canvas").zoom("fit-viewport", "auto");
    }
  }

  void open(props.xml);

  return {
    update(next) {
      const before = props;
      props = next;
      marks.show(next.faults, next.hits);
      if (next.language !== before.language) {
        modeler.destroy();
        modeler = made();
        void open(drawn);
      } else if (next.xml !== before.xml) void open(next.xml);
      else {
        if (next.view !== before.view) void show();
        if (!areSame(next.examples, before.examples)) keep(next.examples);
      }
    },
    undo: () => steps()?.undo(),
    redo: () => steps()?.redo(),
    reveal(elementId) {
      const id = CSS.escape(elementId);
      const found = element.querySelector(`[data-element-id="${id}"], [data-row-id="${id}"]`);
      found?.scrollIntoView({ block: "center", inline: "center" });
    },
    destroy() {
      live = false;
      marks.remove();
      modeler.destroy();
    },
  };
};

/** The id of the decision that a view shows; null for the diagram, undefined for no view. */
function idOf(view: { type: string; element: { id: string } } | undefined) {
  if (!view) return undefined;
  return view.type === "drd" ? null : view.element.id;
}

function areSame(one: readonly Example[], other: readonly Example[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
