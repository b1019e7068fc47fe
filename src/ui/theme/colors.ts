/**
 * The colours of the playground's roles, once for everybody: CSS variables, canvases and charts all read this table.
 * Not the theme of the controls (theme.ts) and not layout (tokens.css).
 *
 * One colour means one thing everywhere: real = blue, fake = orange, discriminator = purple, generator = green. The
 * four were chosen so that every pair stays apart (CIE76 difference of 16 and more) under simulated protanopia,
 * deuteranopia and tritanopia (Machado et al. 2009), partly by lightness. Never rely on colour alone all the same.
 */

export type ColorScheme = "light" | "dark";

export const ROLES = ["real", "fake", "discriminator", "generator"] as const;
export type Role = (typeof ROLES)[number];

/** The colours of a scheme, as "#rrggbb". */
export interface RoleColors {
  /** Fills, curves and points: contrast of at least 3 to the surfaces (WCAG 1.4.11). */
  readonly real: string;
  readonly fake: string;
  readonly discriminator: string;
  readonly generator: string;
  /** The same as text: contrast of at least 4.5 to `surface` and `canvas` (WCAG AA). */
  readonly text: Readonly<Record<Role, string>>;
  /** Quiet backgrounds of the same hue; the role's text colour reads on them. */
  readonly soft: Readonly<Record<Role, string>>;
  /** Text: main and secondary. */
  readonly ink: string;
  readonly muted: string;
  /** Hairlines between things, grid lines and axes of charts. */
  readonly line: string;
  readonly axis: string;
  /** Borders of things to type in: contrast of at least 3 to the surface (WCAG 1.4.11). */
  readonly field: string;
  /** Panels, what is behind the panels, and the ground under points and curves. */
  readonly surface: string;
  readonly canvas: string;
  readonly plot: string;
  /** Text of errors and of what was refused; not a role. */
  readonly bad: string;
  /** The middle of D's heat map, where D says one half. */
  readonly undecided: string;
}

const light: RoleColors = {
  real: "#1f7fd6",
  fake: "#dd6b00",
  discriminator: "#8a2a86",
  generator: "#0d8f55",
  text: { real: "#1259a6", fake: "#a34700", discriminator: "#8a2a86", generator: "#086b40" },
  soft: { real: "#e6f0fb", fake: "#fdeedd", discriminator: "#f6e9f5", generator: "#e2f4ea" },
  ink: "#1b1f27",
  muted: "#596270",
  line: "#e3e6eb",
  axis: "#8a93a1",
  field: "#8b93a0",
  surface: "#ffffff",
  canvas: "#f4f5f7",
  plot: "#fbfbfc",
  bad: "#b3261e",
  undecided: "#f7f7f7",
};

const dark: RoleColors = {
  real: "#4a9bf0",
  fake: "#ff9a2e",
  discriminator: "#e6a8ea",
  generator: "#45c981",
  text: { real: "#79b8fa", fake: "#ffb45c", discriminator: "#e6a8ea", generator: "#5fd796" },
  soft: { real: "#182a40", fake: "#38270f", discriminator: "#33203a", generator: "#13301f" },
  ink: "#e9ecf1",
  muted: "#a0a8b5",
  line: "#2d323c",
  axis: "#7b8494",
  field: "#6b7382",
  surface: "#1a1d23",
  canvas: "#121419",
  plot: "#15181d",
  bad: "#ff8a80",
  undecided: "#22262e",
};

const COLORS: Record<ColorScheme, RoleColors> = { light, dark };

/** The colours of a scheme. Canvases and charts read them here; style sheets use the variables of `colorVariables`. */
export function roleColors(scheme: ColorScheme): RoleColors {
  return COLORS[scheme];
}

/**
 * The same colours as CSS custom properties: --color-real, --color-real-text, --color-real-soft (likewise for the other
 * roles), --color-ink, --color-muted, --color-line, --color-axis, --color-surface, --color-canvas, --color-plot,
 * --color-field, --color-bad, --color-undecided.
 */
export function colorVariables(scheme: ColorScheme): Record<string, string> {
  const { text, soft, ...flat } = COLORS[scheme];
  return Object.fromEntries([
    ...Object.entries(flat).map(([name, value]) => [`--color-${name}`, value]),
    ...Object.entries(text).map(([name, value]) => [`--color-${name}-text`, value]),
    ...Object.entries(soft).map(([name, value]) => [`--color-${name}-soft`, value]),
  ]);
}
