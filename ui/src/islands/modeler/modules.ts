/** The features that the modeler is made of. */
import {
  CreateAppendAnythingModule,
  CreateAppendElementTemplatesModule,
} from "bpmn-js-create-append-anything";
import { CloudElementTemplatesPropertiesProviderModule } from "bpmn-js-element-templates";
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from "bpmn-js-properties-panel";
import simulation from "bpmn-js-token-simulation";
import zeebeBehaviours from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import type { ModuleDeclaration } from "didi";
import minimap from "diagram-js-minimap";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import type { Language } from "@/i18n";
import { withoutListeners } from "./listeners";
import { textsOf } from "./texts";
import { variablesIn } from "./variables";

export const moddleExtensions = { zeebe };

export function modulesIn(language: Language): ModuleDeclaration[] {
  return [
    BpmnPropertiesPanelModule,
    BpmnPropertiesProviderModule,
    ZeebePropertiesProviderModule,
    CloudElementTemplatesPropertiesProviderModule,
    withoutListeners,
    zeebeBehaviours,
    CreateAppendAnythingModule,
    CreateAppendElementTemplatesModule,
    minimap,
    simulation,
    textsOf(language),
    variablesIn(language),
  ];
}
