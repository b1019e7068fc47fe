/** A number on the page that changes while one looks: always as wide as its widest value, so that nothing beside it moves. */
import type { ReactNode } from "react";

interface Props {
  /** Room in digits. Default: enough for any number as core/format.ts writes it, "−1.2·10⁻¹²" included. */
  readonly width?: number;
  /** Where the value stands in its room. Default: at its start, next to its name. */
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

const NUMBER_WIDTH = 9;

export function Reading({ width = NUMBER_WIDTH, align = "start", children }: Props) {
  return (
    <span className="reading" style={{ minWidth: `${width}ch`, textAlign: align }}>
      {children}
    </span>
  );
}
