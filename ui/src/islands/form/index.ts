/**
 * A form to fill in or to read: form-js with our texts and the server's errors at their fields.
 *
 * Expression fields are computed by effects that run after the import, so a form that is submitted
 * at once would send them empty; the server computes them again and is the one to believe.
 */
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "./form.css";
import { Form, type Schema } from "@bpmn-io/form-js-viewer";
import type { FieldProblem } from "@/api/problem";
import type { Language } from "@/i18n";
import type { Handle, Mount } from "@/islands/contract";
import { showOwnTexts, textsOf } from "./texts";

export type Values = Record<string, unknown>;

export interface FormProps {
  /** The form-js schema, in the language that is shown. */
  schema: Schema;
  /** What the fields hold at first; later changes of it are ignored, typing is never overwritten. */
  data: Values;
  language: Language;
  readOnly?: boolean;
  /** What the server found wrong; a pointer leads to its field. */
  errors?: readonly FieldProblem[];
  /** Somebody has changed a value. */
  onChanged?: (() => void) | undefined;
  onFailed?: ((error: unknown) => void) | undefined;
}

export interface Filled {
  values: Values;
  /** True if the browser finds nothing wrong; the server is asked only then. */
  isComplete: boolean;
  /** Chosen files, by the value that stands for them in `values`. */
  files: Map<string, File[]>;
}

export interface FormHandle extends Handle<FormProps> {
  submit: () => Filled;
  /** What is typed so far, for a draft. */
  values: () => Values;
  /** Moves to the field that a JSON pointer leads to. */
  focus: (pointer: string) => void;
}

/** By default form-js takes over what is typed 300 ms later, too late for Ctrl+Enter. */
const AT_ONCE = { debounce: false };

interface FieldInstance {
  id: string;
  valuePath: (string | number)[];
  indexes?: Record<string, number>;
}

export const mount: Mount<FormProps, FormHandle> = (element, first) => {
  let props = first;
  let live = true;
  let known = "";
  let form = made();

  function made(): Form {
    const additionalModules = [textsOf(props.language)];
    const fresh = new Form({ container: element, additionalModules, ...AT_ONCE });
    fresh.on("changed", onChange);
    return fresh;
  }

  /** form-js also calls it when the form opens or becomes writable. */
  function onChange(): void {
    const now = JSON.stringify(form._getSubmitData());
    if (now !== known) props.onChanged?.();
    known = now;
  }

  async function open(data: Values): Promise<void> {
    try {
      await form.importSchema(props.schema, data);
      if (!live) return;
      known = JSON.stringify(form._getSubmitData());
      form.setProperty("readOnly", props.readOnly ?? false);
      showErrors();
    } catch (error) {
      if (live) props.onFailed?.(error);
    }
  }

  function fieldAt(pointer: string): FieldInstance | undefined {
    const registry = form.get<{ getAllKeyed(): FieldInstance[] }>("formFieldInstanceRegistry");
    return registry.getAllKeyed().find((one) => pointer.endsWith(pointerOf(one)));
  }

  function showErrors(): void {
    const errors: Record<string, unknown> = {};
    for (const { pointer, detail } of props.errors ?? []) {
      const found = fieldAt(pointer);
      if (found) place(errors, [found.id, ...Object.values(found.indexes ?? {})], detail);
    }
    form._setState({ errors });
    focusFirstError(element);
  }

  const stopTexts = showOwnTexts(element, () => props.language);
  void open(props.data);

  return {
    update(next) {
      const before = props;
      props = next;
      if (next.language !== before.language || next.schema !== before.schema) {
        const typed = form._getState().data as Values;
        form.destroy();
        form = made();
        void open(typed);
        return;
      }
      if (next.readOnly !== before.readOnly) form.setProperty("readOnly", next.readOnly ?? false);
      if (next.errors !== before.errors) showErrors();
    },
    submit() {
      const { data, errors, files } = form.submit();
      const isComplete = Object.keys(errors).length === 0;
      if (!isComplete) focusFirstError(element);
      return { values: data as Values, isComplete, files };
    },
    focus(pointer) {
      const found = fieldAt(pointer);
      if (found) inputOf(element, found)?.focus();
    },
    values: () => withoutFiles(form._getSubmitData() as Values),
    destroy() {
      live = false;
      stopTexts();
      form.destroy();
    },
  };
};

/** A draft keeps no chosen files: the browser forgets them with the page. */
function withoutFiles(values: Values): Values {
  const isFiles = (value: unknown) => typeof value === "string" && value.startsWith("files::");
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isFiles(value)));
}

function pointerOf({ valuePath }: FieldInstance): string {
  return valuePath.map((part) => `/${String(part)}`).join("");
}

/** The input of a field; of one with many, such as a choice, the first. */
function inputOf(element: HTMLElement, field: FieldInstance): HTMLElement | undefined {
  const id = ["", field.id, ...Object.values(field.indexes ?? {})].join("_").slice(1);
  return [...element.querySelectorAll<HTMLElement>("input, select, textarea, button")].find(
    (one) => one.id.endsWith(`-${id}`) || one.id.includes(`-${id}-`),
  );
}

function place(errors: Record<string, unknown>, path: (string | number)[], text: string): void {
  const last = path.at(-1) as string | number;
  let here = errors;
  for (const part of path.slice(0, -1)) here = (here[part] ??= {}) as Record<string, unknown>;
  here[last] = [...((here[last] as string[] | undefined) ?? []), text];
}

/** Moves to the first field that is marked, once form-js has marked it. */
function focusFirstError(element: HTMLElement): void {
  requestAnimationFrame(() => {
    const marked = element.querySelector<HTMLElement>(
      '[aria-invalid="true"], .fjs-has-errors input',
    );
    marked?.focus();
  });
}
