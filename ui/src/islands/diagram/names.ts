/** The names of a diagram's parts in the reader's language. */
import type { Language } from "@/i18n";

/** What bpmn-moddle reads where it knows no schema: elements with their attributes. */
interface Unknown {
  $type: string;
  $children?: readonly Unknown[];
  name?: string;
  value?: string;
}

/** An element of the model, or of the drawing: that one has a label in a place of its own. */
interface Element {
  name?: string;
  extensionElements?: { values?: readonly Unknown[] };
  label?: { bounds?: { x: number; width: number } };
}

/** As wide as bpmn-js makes a label that has no place yet. */
const LABEL_PX = 90;

/**
 * Gives each element the name that its file has for it by `name.en` and `name.zh`, if it has one.
 * The places of labels were made for the name in the file; narrow ones are widened about their middle.
 */
export function nameIn(language: Language, elements: Iterable<Element>): void {
  for (const element of elements) {
    const name = propertyOf(element, `name.${language}`);
    if (name) element.name = name;
    const place = element.label?.bounds;
    if (place && place.width < LABEL_PX) {
      place.x -= (LABEL_PX - place.width) / 2;
      place.width = LABEL_PX;
    }
  }
}

function propertyOf({ extensionElements }: Element, wanted: string): string | undefined {
  return extensionElements?.values
    ?.filter(({ $type }) => $type === "zeebe:properties")
    .flatMap(({ $children = [] }) => $children)
    .find(({ name }) => name === wanted)?.value;
}
