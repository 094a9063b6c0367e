/** Texts that were asked for and are missing; the browser tests want it to stay empty. */
export const missingTexts: string[] = [];

Object.assign(globalThis, { redressMissingTexts: missingTexts });
