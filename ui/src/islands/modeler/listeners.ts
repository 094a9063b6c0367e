/** What the properties do not offer, because a diagram that has it is refused. */

interface Group {
  id: string;
  items?: readonly unknown[];
}

interface Panel {
  registerProvider(priority: number, provider: object): void;
}

const LISTENERS = new Set(["Zeebe__ExecutionListeners", "Zeebe__TaskListeners"]);
/** Below those that put the groups there. */
const LAST = 100;

/** Leaves out listeners; where a diagram brings some they are shown, to be taken away. */
class WithoutListeners {
  static readonly $inject = ["propertiesPanel"];

  constructor(panel: Panel) {
    panel.registerProvider(LAST, this);
  }

  getGroups() {
    return (groups: readonly Group[]) =>
      groups.filter(({ id, items }) => !LISTENERS.has(id) || Boolean(items?.length));
  }
}

/** A bpmn-js module. */
export const withoutListeners = {
  __init__: ["withoutListeners"],
  withoutListeners: ["type", WithoutListeners] as ["type", typeof WithoutListeners],
};
