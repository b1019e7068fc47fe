/** The plane of both numbers: the arrows of the field, the way of the play, and the starting point, which is dragged or moved by keys. */
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef } from "react";
import { fieldOf, type Game, type Point } from "../../core/game/field";

/** Half the width of what is shown. */
export const EXTENT = 2;
/** Of the drawing, in its own units. */
const SIZE = 480;
const EDGE = 26;
const ARROWS = 17;
/** An arrow as long as the way to the next one stands for this speed and all above. */
const FASTEST = 1.5;
const HEAD = 4;
const KEY_STEP = 0.1;

const place = (value: number) => EDGE + ((value + EXTENT) / (2 * EXTENT)) * (SIZE - 2 * EDGE);
const toX = (theta: number) => place(theta);
const toY = (psi: number) => place(-psi);

interface Props {
  readonly game: Game;
  readonly start: Point;
  readonly way: readonly Point[];
  readonly onStart: (point: Point) => void;
}

export function PlaneFigure({ game, start, way, onStart }: Props) {
  const pad = useRef<HTMLDivElement>(null);
  const now = way.at(-1) ?? start;
  const move = (event: PointerEvent) => {
    const box = pad.current?.getBoundingClientRect();
    if (box === undefined) return;
    const at = (share: number) => ((share * SIZE - EDGE) / (SIZE - 2 * EDGE)) * 2 * EXTENT - EXTENT;
    onStart([within(at((event.clientX - box.left) / box.width)), within(-at((event.clientY - box.top) / box.height))]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const far = KEY_STEP * (event.shiftKey ? 5 : 1);
    const by = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, far], ArrowDown: [0, -far] }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onStart([within(start[0] + (by[0] ?? 0)), within(start[1] + (by[1] ?? 0))]);
  };
  const points = way.filter(inside).map(([theta, psi]) => `${toX(theta).toFixed(1)},${toY(psi).toFixed(1)}`);
  return (
    <div
      ref={pad}
      className="game-plane"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application region takes the arrow keys; no role names two axes
      tabIndex={0}
      role="application"
      aria-label={`Starting point: θ ${start[0].toFixed(2)}, ψ ${start[1].toFixed(2)}. Arrow keys move it.`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && move(event)}
    >
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
        <Axes />
        <Arrows game={game} />
        <polyline className="game-way" points={points.join(" ")} />
        <circle className="game-rest" cx={toX(0)} cy={toY(0)} r="5" />
        {inside(now) && <circle className="game-now" cx={toX(now[0])} cy={toY(now[1])} r="6" />}
        <g className="game-start">
          <circle cx={toX(start[0])} cy={toY(start[1])} r="9" />
          <path d={`M${toX(start[0]) - 13} ${toY(start[1])}h26M${toX(start[0])} ${toY(start[1]) - 13}v26`} />
        </g>
      </svg>
    </div>
  );
}

const within = (value: number) => Number(Math.min(EXTENT, Math.max(-EXTENT, value)).toFixed(2));
const inside = ([theta, psi]: Point) => Math.abs(theta) <= EXTENT * 1.1 && Math.abs(psi) <= EXTENT * 1.1;

function Axes() {
  const ticks = [-2, -1, 0, 1, 2];
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="game-grid" x1={toX(tick)} x2={toX(tick)} y1={EDGE} y2={SIZE - EDGE} />
          <line className="game-grid" x1={EDGE} x2={SIZE - EDGE} y1={toY(tick)} y2={toY(tick)} />
          <text className="game-tick" x={toX(tick)} y={SIZE - 10} textAnchor="middle">
            {tick}
          </text>
          <text className="game-tick" x={EDGE - 6} y={toY(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text className="game-axis game-g" x={SIZE - EDGE} y={toY(0) - 6} textAnchor="end">
        θ, G's number
      </text>
      <text className="game-axis game-d" x={toX(0) + 6} y={EDGE + 12}>
        ψ, D's number
      </text>
    </g>
  );
}

const Arrows = memo(function Arrows({ game }: { readonly game: Game }) {
  const paths = useMemo(() => {
    const field = fieldOf(game);
    const gap = (2 * EXTENT) / (ARROWS - 1);
    const all: string[] = [];
    for (let i = 0; i < ARROWS; i++) {
      for (let j = 0; j < ARROWS; j++) {
        const [theta, psi] = [i * gap - EXTENT, j * gap - EXTENT];
        all.push(arrow(theta, psi, field([theta, psi]), gap));
      }
    }
    return all.join("");
  }, [game]);
  return <path className="game-arrows" d={paths} />;
});

/** An arrow from a place on, as long as its speed says; none where all is still. */
function arrow(theta: number, psi: number, [dTheta, dPsi]: Point, gap: number): string {
  const speed = Math.hypot(dTheta, dPsi);
  if (speed < 1e-3) return "";
  const length = (0.85 * gap * Math.min(1, Math.sqrt(speed / FASTEST))) / speed;
  const [x, y] = [toX(theta), toY(psi)];
  const [endX, endY] = [toX(theta + length * dTheta), toY(psi + length * dPsi)];
  const angle = Math.atan2(endY - y, endX - x);
  const side = (turn: number) =>
    `M${endX.toFixed(1)} ${endY.toFixed(1)}L${(endX - HEAD * Math.cos(angle + turn)).toFixed(1)} ${(endY - HEAD * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${endX.toFixed(1)} ${endY.toFixed(1)}${side(0.5)}${side(-0.5)}`;
}
