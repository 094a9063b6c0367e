/**
 * The editor of forms: form-js with palette and properties. It knows nothing of titles and of texts
 * in other languages; they are kept beside it and follow the components.
 */
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "@bpmn-io/form-js-editor/dist/assets/form-js-editor.css";
import "@bpmn-io/form-js-editor/dist/assets/dragula.css";
import "@bpmn-io/form-js-editor/dist/assets/properties-panel.css";
import "./formeditor.css";
import { FormEditor } from "@bpmn-io/form-js-editor";
import type { Schema } from "@bpmn-io/form-js-viewer";
import type { Language } from "@/i18n";
import type { Handle, Mount } from "@/islands/contract";
import { type Component, findComponent, type FormDocument, readForm, writeForm } from "./document";
import { speaking } from "./texts";
import { keptTranslations } from "./translations";

export interface FormEditorProps {
  /** The file; a change of it is shown, unless it came from here. */
  content: string;
  language: Language;
  /** Whether people see the editor; while they do not, changes of the file wait. */
  isShown: boolean;
  /** The file after each change. */
  onChanged?: ((content: string) => void) | undefined;
  onHistory?: ((canUndo: boolean, canRedo: boolean) => void) | undefined;
  /** The file cannot be shown; null once one can. */
  onFailed?: ((error: unknown) => void) | undefined;
}

export interface FormEditorHandle extends Handle<FormEditorProps> {
  undo: () => void;
  redo: () => void;
  /** Selects a component by its key, path or id. */
  select: (name: string) => void;
}

interface CommandStack {
  canUndo: () => boolean;
  canRedo: () => boolean;
  undo: () => void;
  redo: () => void;
}

export const mount: Mount<FormEditorProps, FormEditorHandle> = (element, first) => {
  let props = first;
  let live = true;
  /** The file as it was opened, and as it was handed out last. */
  let opened = first.content;
  let written = first.content;
  let shown: FormDocument;
  let texts: ReturnType<typeof keptTranslations>;
  let wanted: string | undefined;
  let editor = made();

  function made(): FormEditor {
    const fresh = new FormEditor({ container: element });
    fresh.on("commandStack.changed", 500, onChange);
    return fresh;
  }

  const stack = () => editor.get<CommandStack>("commandStack");

  function onChange(): void {
    if (!live) return;
    props.onHistory?.(stack().canUndo(), stack().canRedo());
    const schema = editor.saveSchema() as unknown as FormDocument;
    const translations = texts.follow(schema);
    const form = { ...shown, ...schema, ...(translations && { translations }) };
    const same = JSON.stringify(form) === JSON.stringify(readForm(opened));
    const content = same ? opened : writeForm(form);
    if (content === written) return;
    written = content;
    shown = form;
    props.onChanged?.(content);
  }

  async function open(content: string): Promise<void> {
    opened = written = content;
    try {
      shown = readForm(content);
      texts = keptTranslations(shown);
      await editor.importSchema(withoutTexts(shown) as unknown as Schema);
      if (!live) return;
      props.onFailed?.(null);
      props.onHistory?.(false, false);
      if (wanted) select(wanted);
    } catch (error) {
      if (live) props.onFailed?.(error);
    }
  }

  /** Takes over what was changed outside: if only texts were, what can be undone stays. */
  function take(content: string): void {
    if (content === written) return;
    const next = readForm(content);
    if (JSON.stringify(withoutTexts(next)) !== JSON.stringify(withoutTexts(shown)))
      return void open(content);
    written = content;
    shown = next;
    texts.write(next);
  }

  function select(name: string): void {
    wanted = undefined;
    const found = findComponent(shown, name);
    const field = editor.get<{ get(id?: string): Component | undefined }>("formFieldRegistry");
    const selection = editor.get<{ set(field: Component): void }>("selection");
    const component = field.get(found?.id);
    if (component) selection.set(component);
  }

  const speech = speaking(element, () => props.language);
  element.addEventListener("keydown", keepSelection, true);
  void open(props.content);

  return {
    update(next) {
      const before = props;
      props = next;
      if (next.language !== before.language) {
        editor.destroy();
        editor = made();
        void open(next.content);
      } else if (next.isShown) {
        take(next.content);
        if (wanted && next.content === written) select(wanted);
      }
    },
    undo: () => stack().undo(),
    redo: () => stack().redo(),
    select(name) {
      if (props.isShown && props.content === written) select(name);
      else wanted = name;
    },
    destroy() {
      live = false;
      speech.stop();
      element.removeEventListener("keydown", keepSelection, true);
      editor.destroy();
    },
  };
};

/**
 * Enter on the palette adds a component and moves the focus to it, where the same key press would
 * take the selection away again.
 */
function keepSelection(event: KeyboardEvent): void {
  const isPalette = event.target instanceof Element && event.target.matches(".fjs-palette-field");
  if (isPalette && event.key === "Enter") event.preventDefault();
}

/** What form-js is given. */
function withoutTexts(form: FormDocument): FormDocument {
  const kept = Object.entries(form).filter(([name]) => name !== "title" && name !== "translations");
  return Object.fromEntries(kept) as FormDocument;
}
