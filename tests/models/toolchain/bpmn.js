// Opens a diagram as Camunda Modeler does: bpmn-js with the Zeebe properties panel.

import BpmnModeler from 'bpmn-js/lib/Modeler';
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule
} from 'bpmn-js-properties-panel';
import { CloudElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates';
import ZeebeBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';

import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';

const platform = {
  name: 'Modeler',
  uri: 'http://camunda.org/schema/modeler/1.0',
  prefix: 'modeler',
  xml: { tagAlias: 'lowerCase' },
  types: [ {
    name: 'Definitions',
    extends: [ 'bpmn:Definitions' ],
    properties: [
      { name: 'executionPlatform', isAttr: true, type: 'String' },
      { name: 'executionPlatformVersion', isAttr: true, type: 'String' }
    ]
  } ]
};

export async function openDiagram(xml, templates, container) {
  const modeler = new BpmnModeler({
    container,
    propertiesPanel: { parent: document.querySelector('#panel') },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      CloudElementTemplatesPropertiesProviderModule,
      ZeebeBehaviors
    ],
    moddleExtensions: { zeebe, modeler: platform }
  });

  const templateErrors = [];
  modeler.on('elementTemplates.errors', ({ errors }) => templateErrors.push(...errors));
  modeler.get('elementTemplatesLoader').setTemplates(templates);

  const { warnings } = await modeler.importXML(xml);
  const saved = await modeler.saveXML({ format: true });

  return {
    warnings: warnings.map(warning => warning.message),
    saved: saved.xml,
    templateErrors: templateErrors.map(error => error.message),
    templated: templatedElements(modeler),
    panelGroups: await panelGroups(modeler),
    texts: textBoxes(modeler)
  };
}

// The template that the modeler recognises for each element that names one.
function templatedElements(modeler) {
  const elementTemplates = modeler.get('elementTemplates');
  const found = {};

  modeler.get('elementRegistry').forEach(element => {
    const id = element.businessObject?.get?.('zeebe:modelerTemplate');

    if (id && element.type !== 'label') {
      found[element.id] = elementTemplates.get(element)?.id || null;
    }
  });

  return found;
}

// What the properties panel shows for each element, after selecting it.
async function panelGroups(modeler) {
  const groups = {};
  const elements = modeler.get('elementRegistry').filter(element => element.type !== 'label');

  for (const element of elements) {
    modeler.get('selection').select(element);
    await new Promise(resolve => setTimeout(resolve));
    groups[element.id] = document.querySelectorAll('#panel [data-group-id]').length;
  }

  return groups;
}

// Where the browser really draws each text, on the diagram's own coordinates.
function textBoxes(modeler) {
  const canvas = modeler.get('canvas');
  const texts = {};

  modeler.get('elementRegistry').forEach(element => {
    const text = canvas.getGraphics(element).querySelector(':scope > .djs-visual > text');

    if (!text || !text.textContent || element.waypoints) {
      return;
    }

    const { x, y, width, height } = text.getBBox();
    const matrix = text.transform.baseVal.consolidate()?.matrix || { e: 0, f: 0 };

    texts[element.id] = {
      isLabel: element.type === 'label' || !!element.labelTarget,
      left: element.x + x + matrix.e,
      top: element.y + y + matrix.f,
      right: element.x + x + matrix.e + width,
      bottom: element.y + y + matrix.f + height
    };
  });

  return texts;
}
