/** Examples of decisions, as a file of decisions keeps them: inputs with the expected answer. */
export const EXAMPLES = "urn:redress:decision-examples";

export interface Example {
  decision: string;
  /** JSON. */
  inputs: string;
  /** JSON. */
  expected: string;
}

interface Element {
  $parent?: Element;
  $descriptor: { ns?: { uri?: string } };
}

/** The root of a file, as dmn-moddle has it. */
export interface Definitions extends Element {
  extensionElements?: Element & { values?: Element[] };
}

export interface Moddle {
  create(type: "dmn:ExtensionElements"): Element & { values?: Element[] };
  createAny(name: string, uri: string, properties: Example): Element;
}

/** Puts *examples* into the file in place of those that it has. */
export function keepExamples(
  file: Definitions,
  moddle: Moddle,
  examples: readonly Example[],
): void {
  const holder = file.extensionElements ?? moddle.create("dmn:ExtensionElements");
  const others = (holder.values ?? []).filter(
    ({ $descriptor }) => $descriptor.ns?.uri !== EXAMPLES,
  );
  const kept = examples.map((one) => moddle.createAny("redress:example", EXAMPLES, one));
  for (const one of kept) one.$parent = holder;
  holder.values = [...others, ...kept];
  holder.$parent = file;
  if (holder.values.length > 0) file.extensionElements = holder;
  else delete file.extensionElements;
}
