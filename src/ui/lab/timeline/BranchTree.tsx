/** The tree of branches: each a line from where it parted to where it has come, with a name, the way to it and the way to be rid of it. */
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useActions } from "../../../client/use-playground";
import type { BranchInfo, FilmIndex } from "../../../core/film";

const ROW = 32; // CSS pixels; as in timeline.css
const WIDTH = 160;

export function BranchTree({ film }: { readonly film: FilmIndex }) {
  const { branches, current } = film;
  const farthest = Math.max(1, ...branches.map(({ tip }) => tip));
  const { goToBranch, pruneBranch } = useActions();
  const kept = ancestors(branches, current);
  return (
    <div className="branches">
      <svg width={WIDTH} height={ROW * branches.length} aria-hidden="true" className="branches-tree">
        {branches.map(({ id, from, tip }, row) => {
          const y = ROW * (row + 0.5);
          const x = (step: number) => 4 + ((WIDTH - 8) * step) / farthest;
          const parent = branches.findIndex((branch) => branch.id === from?.branch);
          const start = x(from?.step ?? 0);
          return (
            <g key={id} className="branches-line" data-current={id === current || undefined}>
              {from !== null && <path d={`M${start} ${ROW * (parent + 0.5)}V${y}`} />}
              <path d={`M${start} ${y}H${x(tip)}`} />
              <circle cx={x(tip)} cy={y} r="3.5" />
            </g>
          );
        })}
      </svg>
      <ul className="branches-list">
        {branches.map((branch) => {
          const { id, tip } = branch;
          const name = branch.name ?? usualName(branch);
          return (
            <li key={id}>
              <NameField id={id} name={name} />
              <span className="number">to step {tip.toLocaleString("en")}</span>
              {id === current ? (
                <span className="branches-here">runs</span>
              ) : (
                <button
                  type="button"
                  className="timeline-button"
                  aria-label={`Go to ${name}`}
                  onClick={() => goToBranch(id)}
                >
                  Go there
                </button>
              )}
              {!kept.has(id) && (
                <button
                  type="button"
                  className="timeline-button"
                  aria-label={`Forget ${name}`}
                  title="Forget this branch, and those that parted from it"
                  onClick={() => pruneBranch(id)}
                >
                  <IconTrash size={15} aria-hidden="true" />
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Takes effect on Enter and on leaving the field. */
function NameField({ id, name }: { readonly id: number; readonly name: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const { nameBranch } = useActions();
  const commit = () => {
    if (typed !== null && typed !== name) nameBranch(id, typed);
    setTyped(null);
  };
  return (
    <input
      className="branches-name"
      aria-label={`Name of branch ${id}`}
      value={typed ?? name}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        else if (event.key === "Escape") setTyped(null);
      }}
    />
  );
}

const usualName = ({ id, from }: BranchInfo) =>
  from === null ? "The first way" : `Way ${id}, from step ${from.step.toLocaleString("en")}`;

/** The current branch and those that it came from: they cannot be forgotten. */
function ancestors(branches: readonly BranchInfo[], current: number): ReadonlySet<number> {
  const found = new Set<number>(branches.slice(0, 1).map(({ id }) => id));
  let branch = branches.find(({ id }) => id === current);
  while (branch !== undefined && branch.from !== null) {
    found.add(branch.id);
    const { from }: BranchInfo = branch;
    branch = branches.find(({ id }) => id === from?.branch);
  }
  return found.add(current);
}
