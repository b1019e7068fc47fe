/** Small drawings for a layer: a histogram, how a spread went over time, a line over time, bars. One path each; no axes but 0. */
import type { Distribution } from "../../../core/health";

const [WIDTH, HEIGHT] = [100, 30];

interface Frame {
  /** What it shows, in words. */
  readonly label: string;
  readonly className: string;
}

function Drawing({ label, className, children }: Frame & { readonly children: React.ReactNode }) {
  return (
    <svg
      className={`health-drawing ${className}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {children}
    </svg>
  );
}

/** The shares of equal bins; the dashed line is 0. */
export function Histogram({ spread, ...frame }: Frame & { readonly spread: Distribution }) {
  const { shares, low, high } = spread;
  const top = shares.reduce((most, share) => Math.max(most, share), 0) || 1;
  const width = WIDTH / shares.length;
  // The square root: one tall bin must not hide the others.
  const bars = Array.from(shares, (share, i) => {
    const height = (HEIGHT - 1) * Math.sqrt(share / top);
    return share === 0 ? "" : `M${n(i * width)} ${HEIGHT}v${n(-height)}h${n(width)}v${n(height)}z`;
  });
  const zero = high === low ? 0 : (WIDTH * -low) / (high - low);
  return (
    <Drawing {...frame}>
      <path className="health-fill" d={bars.join("")} />
      <path className="health-zero" d={`M${n(zero)} 0v${HEIGHT}`} vectorEffect="non-scaling-stroke" />
    </Drawing>
  );
}

/** Nine tenths, the middle half and the median over time. */
export function Fan({ spreads, ...frame }: Frame & { readonly spreads: readonly Distribution[] }) {
  const rows = spreads.map(({ quantiles }) => quantiles).filter((row) => row.every(Number.isFinite));
  const all = rows.flat();
  const y = scale(Math.min(0, ...all), Math.max(0, ...all));
  const line = (at: number) => rows.map((row, i) => `${n(across(i, rows.length))} ${n(y(row[at] ?? 0))}`);
  const band = (low: number, high: number) => `M${[...line(low), ...line(high).reverse()].join("L")}z`;
  return (
    <Drawing {...frame}>
      {rows.length > 1 && (
        <>
          <path className="health-band" d={band(0, 4)} />
          <path className="health-band" d={band(1, 3)} />
          <path className="health-line" d={`M${line(2).join("L")}`} vectorEffect="non-scaling-stroke" />
        </>
      )}
      <path className="health-zero" d={`M0 ${n(y(0))}H${WIDTH}`} vectorEffect="non-scaling-stroke" />
    </Drawing>
  );
}

/** A number over time, from its least to its most. @param log on a logarithmic scale, without what is not above 0 */
export function Line({
  values,
  log = false,
  ...frame
}: Frame & { readonly values: readonly number[]; readonly log?: boolean }) {
  const placed = values.map((value) => (log ? Math.log(value) : value));
  const finite = placed.filter(Number.isFinite);
  const y = scale(Math.min(...finite), Math.max(...finite));
  let pen = "M";
  const path = placed.map((value, i) => {
    if (!Number.isFinite(value)) {
      pen = "M";
      return "";
    }
    const point = `${pen}${n(across(i, placed.length))} ${n(y(value))}`;
    pen = "L";
    return point;
  });
  return (
    <Drawing {...frame}>
      {finite.length > 1 && <path className="health-line" d={path.join("")} vectorEffect="non-scaling-stroke" />}
    </Drawing>
  );
}

/** Values one beside the other, from 0; the dashed line is 1. */
export function Bars({ values, ...frame }: Frame & { readonly values: ArrayLike<number> }) {
  const all = Array.from(values);
  const top = Math.max(1, ...all) * 1.1;
  const width = WIDTH / Math.max(1, all.length);
  const bars = all.map((value, i) => {
    const height = (HEIGHT * value) / top;
    return `M${n(i * width)} ${HEIGHT}v${n(-height)}h${n(0.8 * width)}v${n(height)}z`;
  });
  return (
    <Drawing {...frame}>
      <path className="health-fill" d={bars.join("")} />
      <path className="health-zero" d={`M0 ${n(HEIGHT - HEIGHT / top)}H${WIDTH}`} vectorEffect="non-scaling-stroke" />
    </Drawing>
  );
}

const across = (i: number, count: number) => (count < 2 ? 0 : (WIDTH * i) / (count - 1));

/** From the lowest at the bottom to the highest at the top, with a little air; a constant lies in the middle. */
function scale(low: number, high: number): (value: number) => number {
  if (!(high > low)) return () => HEIGHT / 2;
  return (value) => HEIGHT - 2 - ((HEIGHT - 4) * (value - low)) / (high - low);
}

const n = (value: number) => String(Math.round(value * 10) / 10);
