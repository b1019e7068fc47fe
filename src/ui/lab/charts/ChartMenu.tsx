/** What can be done to one chart: its scale and size, pinning it, taking it away, and more curves on it. */
import { Popover } from "@mantine/core";
import { IconDots, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { firstConfig } from "../../../client/selectors";
import { usePlayground } from "../../../client/use-playground";
import { changeBoard, SIZES, type Size, toggled, useBoard } from "../../charts/board";
import type { ChartInfo } from "../../charts/catalogue";
import { curvesOf } from "../../charts/curves";
import { CurveSelect } from "./CurveSelect";
import "./charts.css";

const WIDTH = 260;
const SIZE_IDS = Object.keys(SIZES) as readonly Size[];
const SCALES = ["linear", "log"] as const;

interface Props {
  /** The id of the chart's place. */
  readonly place: string;
  /** As it is shown, and as it came. */
  readonly info: ChartInfo;
  readonly came: ChartInfo;
}

export function ChartMenu({ place, info, came }: Props) {
  const [open, setOpen] = useState(false);
  const board = useBoard();
  const config = usePlayground(firstConfig);
  const added = board.added[place] ?? [];
  const curves = curvesOf(config);
  const put = (ids: readonly string[]) => changeBoard({ added: { ...board.added, [place]: ids } });
  const pinned = board.pinned.includes(place);
  const size = board.sizes[place] ?? "medium";
  return (
    <Popover opened={open} onChange={setOpen} width={WIDTH} position="bottom-end" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="chart-more"
          aria-label={`Change the chart ${came.title}`}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <IconDots size={15} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={`The chart ${came.title}`}>
        <div className="lab-menu">
          <Choice
            legend="Scale"
            ids={SCALES}
            chosen={info.scale}
            onChoose={(scale) => changeBoard({ scales: { ...board.scales, [place]: scale } })}
          />
          <Choice
            legend="Size"
            ids={SIZE_IDS}
            chosen={size}
            onChoose={(next) => changeBoard({ sizes: { ...board.sizes, [place]: next } })}
          />
          <CurveSelect
            label="Add a curve to it"
            curves={curves.filter(({ series }) => !info.series.some(({ key }) => key === series.key))}
            onChoose={(id) => put([...added, id])}
          />
          {added.length > 0 && (
            <ul className="chart-added">
              {added.map((id) => {
                const name = curves.find((curve) => curve.id === id)?.label ?? id;
                return (
                  <li key={id}>
                    {name}
                    <button type="button" aria-label={`Take ${name} off`} onClick={() => put(toggled(added, id))}>
                      <IconX size={13} aria-hidden="true" />
                    </button>
                  </li>
                );
              })}
            </ul>
          )}
          <div className="chart-acts">
            <button
              type="button"
              aria-pressed={pinned}
              onClick={() => changeBoard({ pinned: toggled(board.pinned, place) })}
            >
              {pinned ? "Unpin" : "Pin to the top"}
            </button>
            <button
              type="button"
              onClick={() =>
                changeBoard(
                  board.own.includes(place) ? { own: toggled(board.own, place) } : { gone: toggled(board.gone, place) },
                )
              }
            >
              Take the chart away
            </button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoiceProps<Id extends string> {
  readonly legend: string;
  readonly ids: readonly Id[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
}

function Choice<Id extends string>({ legend, ids, chosen, onChoose }: ChoiceProps<Id>) {
  return (
    <fieldset className="lab-choice">
      <legend>{legend}</legend>
      {ids.map((id) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          {id}
        </button>
      ))}
    </fieldset>
  );
}
