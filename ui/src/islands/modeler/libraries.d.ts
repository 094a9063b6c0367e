/** Libraries of bpmn.io without types; each is a list of features that bpmn-js takes as it is. */
type Feature = import("didi").ModuleDeclaration;
declare module "bpmn-js-properties-panel" {
  export const BpmnPropertiesPanelModule: Feature;
  export const BpmnPropertiesProviderModule: Feature;
  export const ZeebePropertiesProviderModule: Feature;
}
declare module "bpmn-js-element-templates" {
  export const CloudElementTemplatesPropertiesProviderModule: Feature;
}
declare module "bpmn-js-create-append-anything" {
  export const CreateAppendAnythingModule: Feature;
  export const CreateAppendElementTemplatesModule: Feature;
}
declare module "bpmn-js-token-simulation" {
  const module: Feature;
  export default module;
}
declare module "camunda-bpmn-js-behaviors/lib/camunda-cloud" {
  const module: Feature;
  export default module;
}
declare module "diagram-js-minimap" {
  const module: Feature;
  export default module;
}
declare module "@bpmn-io/extract-process-variables/zeebe" {
  export function getVariablesForElement(element: object): Promise<readonly { name: string }[]>;
}
