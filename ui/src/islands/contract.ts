/**
 * Libraries that draw by themselves (bpmn-js, dmn-js, form-js) live on islands: a module that
 * exports `mount` and knows nothing of React. The wrapper `Island` loads it when it is shown.
 */
export interface Handle<Props> {
  update: (props: Props) => void;
  destroy: () => void;
}

export type Mount<Props, H extends Handle<Props> = Handle<Props>> = (
  element: HTMLElement,
  props: Props,
) => H;
