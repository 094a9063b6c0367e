/** What bpmn-js, its panel and our element templates say, in Chinese. */
import { drawing } from "./drawing";
import { elements } from "./elements";
import { explanations } from "./explanations";
import { panel } from "./panel";
import { templates } from "./templates";

export const chinese: Readonly<Record<string, string>> = {
  ...elements,
  ...drawing,
  ...panel,
  ...explanations,
  ...templates,
};
