/** What the marks and colours of a picture mean: a shape, a colour and words each. */
import { Signs } from "../learn/Signs";
import type { Role } from "../theme/colors";
import { latentHue } from "./latent-hue";

export type Mark =
  | "line"
  | "copies"
  | "dashed"
  | "dotted"
  | "bars"
  | "dot"
  | "cross"
  | "ring"
  | "found"
  | "map"
  | "arrow"
  | "outline-arrow"
  | "grid"
  | "contour"
  | "trail";

export interface LegendItem {
  readonly mark: Mark;
  readonly role: Role | "neutral" | "ink";
  readonly text: string;
  /** What it plays when it is pointed at, or pressed. */
  readonly play?: { readonly name: string; readonly run: () => void };
}

const COLOR: Readonly<Record<LegendItem["role"], string>> = {
  real: "var(--color-real)",
  fake: "var(--color-fake)",
  discriminator: "var(--color-discriminator)",
  generator: "var(--color-generator)",
  neutral: "var(--color-axis)",
  ink: "var(--color-ink)",
};

/** The samples of the marks, in a box of 18 × 10. */
const SHAPES: Readonly<Record<Mark, (color: string) => React.ReactNode>> = {
  line: (stroke) => <path d="M0 5H18" stroke={stroke} strokeWidth="2.25" />,
  dashed: (stroke) => <path d="M0 5H18" stroke={stroke} strokeWidth="1.75" strokeDasharray="4.5 2.5" />,
  dotted: (stroke) => <path d="M0 5H18" stroke={stroke} strokeWidth="1.25" strokeDasharray="2 2" />,
  bars: (fill) => <path d="M2 10V5H6V10M7 10V1H11V10M12 10V4H16V10Z" fill={fill} fillOpacity="0.4" />,
  dot: (fill) => <circle cx="9" cy="5" r="3" fill={fill} />,
  cross: (stroke) => <path d="M6 2L12 8M6 8L12 2" stroke={stroke} strokeWidth="1.5" />,
  arrow: (stroke) => <path d="M1 5H16M11.5 1.5L16 5L11.5 8.5" fill="none" stroke={stroke} strokeWidth="1.75" />,
  "outline-arrow": (stroke) => (
    <path d="M1 5H16M11.5 1.5L16 5L11.5 8.5" fill="none" stroke={stroke} strokeDasharray="2 2" />
  ),
  found: (stroke) => <circle cx="9" cy="5" r="4" fill="none" stroke={stroke} strokeWidth="1.75" />,
  map: () => (
    <>
      <path d="M1 0H6.5V10H1Z" fill="var(--color-fake)" fillOpacity="0.42" />
      <path d="M6.5 0H11.5V10H6.5Z" fill="var(--color-undecided)" />
      <path d="M11.5 0H17V10H11.5Z" fill="var(--color-real)" fillOpacity="0.42" />
    </>
  ),
  grid: (stroke) => <path d="M2 1H16M2 5H16M2 9H16M4 0V10M9 0V10M14 0V10" stroke={stroke} strokeWidth="1" />,
  contour: (stroke) => (
    <g fill="none" stroke={stroke} strokeWidth="1.25">
      <ellipse cx="9" cy="5" rx="7" ry="4.25" />
      <ellipse cx="9" cy="5" rx="3" ry="1.75" />
    </g>
  ),
  trail: (stroke) => <path d="M1 8Q6 9 8 5T16 2" fill="none" stroke={stroke} strokeWidth="1.5" />,
  copies: () => (
    <>
      <path d="M1 8L8 2" stroke={latentHue([1, 0.2], 1)} strokeWidth="1.75" />
      <path d="M7 8L13 2" stroke={latentHue([-0.6, 1], 1)} strokeWidth="1.75" />
      <path d="M13 8L17 2" stroke={latentHue([-0.6, -1], 1)} strokeWidth="1.75" />
    </>
  ),
  ring: (color) => (
    <>
      <circle cx="9" cy="5" r="3" fill="none" stroke={color} strokeWidth="1.5" />
      <path d="M4 5H6M12 5H14M9 0V2M9 8V10" stroke={color} strokeWidth="1.5" />
    </>
  ),
};

export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className="legend" aria-label="Legend">
      {items.map(({ mark, role, text, play }) => (
        <li key={text} {...(play === undefined ? {} : { onMouseEnter: play.run })}>
          <svg width="18" height="10" viewBox="0 0 18 10" aria-hidden="true">
            {SHAPES[mark](COLOR[role])}
          </svg>
          <span>
            <Signs text={text} />
          </span>
          {play !== undefined && (
            <button type="button" className="legend-play" aria-label={play.name} title={play.name} onClick={play.run}>
              ▸
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
