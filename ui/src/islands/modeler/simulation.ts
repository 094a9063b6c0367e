/** The token simulation asks nobody for its words, so they are replaced where they appear. */
import type { Language } from "@/i18n";

const WORDS: readonly [RegExp, string][] = [
  [/^Token Simulation ?$/, "令牌模拟"],
  [/^Toggle Simulation Log$/, "显示或隐藏模拟日志"],
  [/^Simulation Log$/, "模拟日志"],
  [/^No Entries$/, "暂无记录"],
  [/^Finished$/, "已完成"],
  [/^Found unsupported elements$/, "有不支持的元素"],
  [/^Not supported$/, "不支持"],
  [/^Pause Simulation$/, "暂停模拟"],
  [/^Play Simulation$/, "继续模拟"],
  [/^Reset Simulation$/, "重置模拟"],
  [/^Play\/Pause Simulation$/, "播放或暂停模拟"],
  [/^Set animation speed = (.+)$/, "动画速度：$1"],
  [/^Set Sequence Flow$/, "选择流向"],
  [/^Remove pause point$/, "移除暂停点"],
  [/^Add pause point$/, "添加暂停点"],
  [/^Trigger Event$/, "触发事件"],
  [/^Focus process instance (.+)$/, "查看流程实例 $1"],
  [/^Process (\S+) started$/, "流程 $1 已开始"],
  [/^Process (\S+) finished$/, "流程 $1 已结束"],
];

/** Says them in *language* below *element*; returns how to stop. */
export function simulationTexts(element: HTMLElement, language: Language): () => void {
  if (language === "en") return () => undefined;
  const show = () => {
    for (const part of element.querySelectorAll("[class*='bts-'], [class*='bts-'] *")) {
      const title = part.getAttribute("title");
      const said = title && chinese(title);
      if (said && said !== title) part.setAttribute("title", said);
      for (const node of part.childNodes) showText(node);
    }
  };
  const observer = new MutationObserver(show);
  observer.observe(element, { childList: true, subtree: true, attributes: true });
  return () => observer.disconnect();
}

function showText(node: ChildNode): void {
  if (node.nodeType !== Node.TEXT_NODE || !node.nodeValue) return;
  const said = chinese(node.nodeValue.trim());
  if (said !== node.nodeValue.trim()) node.nodeValue = said;
}

function chinese(text: string): string {
  const found = WORDS.find(([pattern]) => pattern.test(text));
  return found ? text.replace(...found) : text;
}

const REMEMBERED = "redress.simulation";

/** Whether the owner left the simulation on; until the window is closed. */
export function isSimulationRemembered(): boolean {
  return sessionStorage.getItem(REMEMBERED) === "on";
}

export function rememberSimulation(isOn: boolean): void {
  if (isOn) sessionStorage.setItem(REMEMBERED, "on");
  else sessionStorage.removeItem(REMEMBERED);
}
