// What form-js does with a form: reads questions as JSON from stdin, writes its answers to stdout.
//
//   {forms: [{schema, context, data}], patterns: [[pattern, text]]}
//   -> {forms: [{wrong: [pointer], data} | {refused: message}], patterns: [bool | null]}

import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

import { JSDOM } from 'jsdom';

const dom = new JSDOM('<!DOCTYPE html><body></body>', { pretendToBeVisual: true, url: 'http://localhost' });

for (const name of Object.getOwnPropertyNames(dom.window)) {
  if (!(name in globalThis)) {
    globalThis[name] = dom.window[name];
  }
}
globalThis.window = dom.window;
globalThis.document = dom.window.document;

// The simulated browser has no drag and drop; file fields use it to show what was picked: nothing.
globalThis.DataTransfer = class {
  items = { add() {} };

  get files() {
    return Object.assign(document.createElement('input'), { type: 'file' }).files;
  }
};

// Its module build cannot be loaded by Node (it imports directories), its CommonJS build can.
const { createForm } = createRequire(import.meta.url)('@bpmn-io/form-js-viewer');

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

const overlay = (below, above) =>
  isObject(below) && isObject(above)
    ? { ...below, ...Object.fromEntries(Object.entries(above).map(([key, value]) => [key, overlay(below[key], value)])) }
    : above;

// Effects run after the next frame, and each may cause another.
const settled = async () => {
  for (let round = 0; round < 4; round++) {
    await new Promise(resolve => dom.window.requestAnimationFrame(() => setTimeout(resolve)));
  }
};

const wrongPlaces = (form, errors) =>
  form
    .get('formFieldInstanceRegistry')
    .getAllKeyed()
    .filter(({ id, indexes }) => {
      const found = [id, ...Object.values(indexes || {})].reduce((at, step) => at?.[step], errors);
      return Array.isArray(found) && found.some(error => typeof error === 'string');
    })
    .map(({ valuePath }) => valuePath.map(step => `/${step}`).join(''));

const judge = async ({ schema, context, data }) => {
  const container = document.createElement('div');
  document.body.appendChild(container);
  try {
    const form = await createForm({ schema, data: context, container });
    await settled();
    form._setState({ data: overlay(form._getState().data, data) });
    form._emit('field.updated', {});
    await settled();
    const result = form.submit();
    const answer = { wrong: wrongPlaces(form, result.errors), data: result.data };
    form.destroy();
    return answer;
  } catch (error) {
    return { refused: error.message };
  } finally {
    container.remove();
  }
};

const compiled = pattern => {
  try {
    return new RegExp(pattern);
  } catch {
    return null;
  }
};

const questions = JSON.parse(await text(process.stdin));
const answers = { forms: [], patterns: [] };

const forms = questions.forms ?? [];
const atOnce = 20;

for (let start = 0; start < forms.length; start += atOnce) {
  answers.forms.push(...(await Promise.all(forms.slice(start, start + atOnce).map(judge))));
}
for (const [pattern, subject] of questions.patterns ?? []) {
  const expression = compiled(pattern);
  answers.patterns.push(expression && expression.test(subject));
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
