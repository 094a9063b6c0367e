// Opens a decision as Camunda Modeler does, and walks through its views.

import DmnModeler from 'dmn-js/lib/Modeler';

import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css';

const platform = {
  name: 'Modeler',
  uri: 'http://camunda.org/schema/modeler/1.0',
  prefix: 'modeler',
  xml: { tagAlias: 'lowerCase' },
  types: [ {
    name: 'Definitions',
    extends: [ 'dmn:Definitions' ],
    properties: [
      { name: 'executionPlatform', isAttr: true, type: 'String' },
      { name: 'executionPlatformVersion', isAttr: true, type: 'String' }
    ]
  } ]
};

export async function openDecision(xml, container) {
  const modeler = new DmnModeler({ container, moddleExtensions: { modeler: platform } });
  const { warnings } = await modeler.importXML(xml, { open: false });
  const messages = warnings.map(warning => warning.message);
  const views = [];

  for (const view of modeler.getViews()) {
    const opened = await modeler.open(view);
    messages.push(...opened.warnings.map(warning => warning.message));
    views.push({
      type: view.type,
      decision: view.element.id,
      rules: container.querySelectorAll('.tjs-table tbody tr').length
    });
  }

  const saved = await modeler.saveXML({ format: true });

  return { warnings: messages, views, saved: saved.xml };
}
