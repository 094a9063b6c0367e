import { escaped } from "@/components/workspace/xml";

/** A new process: its beginning, and its names in both languages. */
export function blankProcess(id: string, english: string, chinese: string): string {
  const property = (name: string, value: string) =>
    `        <zeebe:property name="${name}" value="${escaped(value)}" />`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="definitions_${id}" targetNamespace="http://bpmn.io/schema/bpmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <bpmn:process id="${id}" name="${escaped(english)}" isExecutable="true">
    <bpmn:extensionElements>
      <zeebe:properties>
${property("name.en", english)}
${property("name.zh", chinese)}
      </zeebe:properties>
    </bpmn:extensionElements>
    <bpmn:startEvent id="${id}_started" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_${id}">
    <bpmndi:BPMNPlane id="plane_${id}" bpmnElement="${id}">
      <bpmndi:BPMNShape id="${id}_started_di" bpmnElement="${id}_started">
        <dc:Bounds x="180" y="160" width="36" height="36" />
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}
