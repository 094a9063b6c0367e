// Opens a form as the task list does.

import { Form } from '@bpmn-io/form-js-viewer';

import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';

export async function openForm(schema, container) {
  const form = new Form({ container });
  const { warnings } = await form.importSchema(schema, {});
  const shown = container.querySelectorAll('.fjs-form-field').length;

  return { warnings: warnings.map(warning => warning.message), shown };
}
