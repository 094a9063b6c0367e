/** dmn-js brings no types; this is what we use of it. */
declare module "dmn-js/lib/Modeler" {
  export interface View {
    id: string;
    type: string;
    name?: string;
    element: { id: string };
  }
  interface CommandStack {
    undo(): void;
    redo(): void;
    canUndo(): boolean;
    canRedo(): boolean;
  }
  interface Viewer {
    get(service: "commandStack"): CommandStack;
    get(service: "canvas"): { zoom(level: "fit-viewport", center: "auto"): number };
    on(event: "commandStack.changed", listener: () => void): void;
  }
  type ViewOptions = { additionalModules: object[] };
  interface Options {
    container: HTMLElement;
    drd: ViewOptions;
    decisionTable: ViewOptions;
    literalExpression: ViewOptions;
  }
  export default class Modeler {
    constructor(options: Options);
    on(event: "viewer.created", listener: (event: { viewer: Viewer }) => void): void;
    on(event: "views.changed", listener: (event: { activeView?: View }) => void): void;
    importXML(xml: string, options: { open: boolean }): Promise<unknown>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    getDefinitions(): import("./examples").Definitions | undefined;
    readonly _moddle: import("./examples").Moddle;
    getViews(): View[];
    getActiveView(): View | undefined;
    getActiveViewer(): Viewer | undefined;
    open(view: View): Promise<unknown>;
    destroy(): void;
  }
}
