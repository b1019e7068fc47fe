/** The Mantine theme: neutral controls, so that colour is left to the four roles. Not the roles' colours (colors.ts). */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { colorVariables, roleColors } from "./colors";

/** Controls are ink on paper: blue, orange, purple and green already mean something here. */
const ink: MantineColorsTuple = [
  "#f4f5f7",
  "#e3e6eb",
  "#cdd2da",
  "#b3bac5",
  "#8a93a1",
  "#6b7482",
  "#4f5866",
  "#3a424e",
  "#272d37",
  "#1b1f27",
];

const dark: MantineColorsTuple = [
  "#e9ecf1",
  "#cfd4dc",
  "#a0a8b5",
  "#7b8494",
  "#3c424e",
  "#2d323c",
  "#22262e",
  "#1a1d23",
  "#15181d",
  "#121419",
];

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 8, dark: 1 },
  autoContrast: true,
  colors: { ink, dark },
  white: "#ffffff",
  black: roleColors("light").ink,
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  defaultRadius: "sm",
  radius: { sm: "5px", md: "8px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
});

/** Gives style sheets the roles' colours, per scheme. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...colorVariables("light"),
    "--mantine-color-dimmed": roleColors("light").muted,
    "--mantine-color-placeholder": roleColors("light").muted,
  },
  dark: {
    ...colorVariables("dark"),
    "--mantine-color-dimmed": roleColors("dark").muted,
    "--mantine-color-placeholder": roleColors("dark").muted,
  },
});
