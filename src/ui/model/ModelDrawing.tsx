/** A model's boxes and arrows. What makes widens, what judges or reads narrows: shape tells them apart, not only colour. */
import type { ModelInfo } from "../../core/models";
import { type DrawnArrow, type DrawnNode, drawingOf } from "./drawing";
import classes from "./model.module.css";

const HALF = { width: 13, narrow: 7, wide: 13 };
/** Room around a text. */
const TEXT = 9;

export function ModelDrawing({ model }: { readonly model: ModelInfo }) {
  const { width, height, nodes, arrows } = drawingOf(model);
  return (
    <svg className={classes.drawing} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {arrows.map((arrow) => (
        <Arrow key={`${arrow.from.id} ${arrow.to.id}`} {...arrow} />
      ))}
      {nodes.map((node) => (
        <Node key={node.id} {...node} />
      ))}
    </svg>
  );
}

function Node({ kind, role, text, x, y }: DrawnNode) {
  const { width, narrow, wide } = HALF;
  const [left, right] = role === "generator" ? [narrow, wide] : [wide, narrow];
  return (
    <g>
      {kind === "network" && (
        <polygon
          data-role={role}
          points={`${x - width},${y - left} ${x + width},${y - right} ${x + width},${y + right} ${x - width},${y + left}`}
        />
      )}
      <text x={x} y={y + 4} data-role={role} data-kind={kind}>
        {text}
      </text>
    </g>
  );
}

const reach = ({ kind }: DrawnNode) => (kind === "network" ? HALF.width : TEXT);

/** One over more than a column goes below what stands between. */
function Arrow({ from, to }: DrawnArrow) {
  const [x1, x2] = [from.x + reach(from), to.x - reach(to) - 2];
  const far = to.x - from.x > 60;
  const path = far
    ? `M${x1} ${from.y} Q${(x1 + x2) / 2} ${Math.max(from.y, to.y) + 26} ${x2} ${to.y + 4}`
    : `M${x1} ${from.y}L${x2} ${to.y + Math.sign(from.y - to.y) * 3}`;
  const y = to.y + (far ? 4 : Math.sign(from.y - to.y) * 3);
  return (
    <g>
      <path d={path} />
      <path d={`M${x2 - 4} ${y - 3}L${x2} ${y}L${x2 - 4} ${y + 3}`} />
    </g>
  );
}
