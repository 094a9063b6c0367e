// Opens every model of window.models and leaves what happened as JSON in #report.

import { openDiagram } from './bpmn.js';
import { openDecision } from './dmn.js';
import { openForm } from './form.js';

const { diagrams, decisions, forms, templates } = window.models;
const complaints = [];

for (const level of [ 'warn', 'error' ]) {
  console[level] = (...words) => complaints.push(`console.${level}: ${words.join(' ')}`);
}

window.addEventListener('error', event => complaints.push(`uncaught: ${event.message}`));
window.addEventListener('unhandledrejection', event => complaints.push(`uncaught: ${event.reason}`));

async function inTurn(files, open) {
  const results = {};

  for (const [ name, content ] of Object.entries(files)) {
    const container = document.createElement('div');
    container.className = 'canvas';
    document.body.append(container);

    try {
      results[name] = await open(content, container);
    } catch (error) {
      results[name] = { warnings: [ `does not open: ${error.message}` ] };
    }

    results[name].console = complaints.splice(0);
    container.remove();
  }

  return results;
}

const report = {
  diagrams: await inTurn(diagrams, (xml, container) => openDiagram(xml, templates, container)),
  decisions: await inTurn(decisions, openDecision),
  forms: await inTurn(forms, openForm)
};

const output = document.createElement('pre');
output.id = 'report';
output.textContent = JSON.stringify(report);
document.body.replaceChildren(output);
