import { escaped } from "@/components/workspace/xml";

/** A new decision: a table with its inputs, one answer, and a rule to be filled in. */
export function blankDecision(
  id: string,
  english: string,
  chinese: string,
  inputs: readonly string[],
): string {
  const columns = inputs.map(
    (input, at) => `      <input id="${id}_input_${at + 1}">
        <inputExpression id="${id}_input_${at + 1}_expression">
          <text>${escaped(input)}</text>
        </inputExpression>
      </input>`,
  );
  const cells = inputs.map(
    (_, at) => `        <inputEntry id="${id}_rule_1_in_${at + 1}">
          <text></text>
        </inputEntry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="${id}_definitions" name="${escaped(english)}" namespace="http://camunda.org/schema/1.0/dmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.9.0">
  <decision id="${id}" name="${escaped(`${english} / ${chinese}`)}">
    <variable id="${id}_variable" name="${id}" />
    <decisionTable id="${id}_table" hitPolicy="UNIQUE">
${columns.join("\n")}
      <output id="${id}_output_1" name="${id}" typeRef="string" />
      <rule id="${id}_rule_1">
${cells.join("\n")}
        <outputEntry id="${id}_rule_1_out_1">
          <text></text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="${id}_diagram">
      <dmndi:DMNShape id="${id}_shape" dmnElementRef="${id}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}
