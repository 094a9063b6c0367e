import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
} from "@mantine/core";

/** The house colour: a calm blue-green, dark enough from shade 6 on for white text. */
const harbour: MantineColorsTuple = [
  "#eef5fa",
  "#dbe8f1",
  "#b4cfe3",
  "#8ab5d4",
  "#689fc8",
  "#4d8bb8",
  "#2b6b9c",
  "#1f5a87",
  "#17456b",
  "#0f3352",
];

export const theme = createTheme({
  colors: { harbour },
  primaryColor: "harbour",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.4" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    Badge: Badge.extend({ defaultProps: { variant: "light", radius: "sm", tt: "none", fw: 500 } }),
  },
});

const DARKER: Record<string, string> = { yellow: "#7a3b00", orange: "#7a3b00", green: "#1e6b30" };
const MENDED = ["red", "orange", "yellow", "green", "teal", "blue", "gray", "harbour"];

/** Mends what the default theme gets wrong for WCAG 2.2 AA: text on light badges, dim and error text. */
export const contrast: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-dimmed": "#5b6470",
    "--mantine-color-placeholder": "#69727d",
    "--app-canvas": "#f5f6f8",
    "--app-focus": "var(--mantine-color-harbour-7)",
    "--app-line": "#dfe3e8",
    "--app-current": "#e7f0f7",
    ...Object.fromEntries(
      MENDED.map((color) => [
        `--mantine-color-${color}-light-color`,
        DARKER[color] ?? `var(--mantine-color-${color}-9)`,
      ]),
    ),
  },
  dark: {
    "--mantine-color-error": "var(--mantine-color-red-4)",
    "--mantine-color-dimmed": "#a3abb5",
    "--app-canvas": "#181b1f",
    "--app-focus": "var(--mantine-color-harbour-4)",
    "--app-line": "#363b42",
    "--app-current": "#223443",
    ...Object.fromEntries(
      MENDED.map((color) => [
        `--mantine-color-${color}-light-color`,
        `var(--mantine-color-${color}-2)`,
      ]),
    ),
  },
});
