/** The one menu on the stage: what lies behind the samples, on which scale, and the layers over them. */

import { Popover, Switch } from "@mantine/core";
import { IconStack3 } from "@tabler/icons-react";
import { useId, useState } from "react";
import { firstConfig, isJudged } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { isAdversarial, lossOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { opinionOf } from "../../core/opinion";
import { hasOptimum } from "../../core/optimum";
import { canHave, LAYER_IDS, LAYERS } from "../../core/stage-layers";
import { type MapId, setHeatMode, setMap, useViewSettings } from "../stage/view-settings";

const MAPS: readonly { readonly id: MapId; readonly text: string; readonly title: string }[] = [
  { id: "d", text: "D", title: "D's opinion, as it stands" },
  { id: "best", text: "D*", title: "The best D against these data and these fakes: p_data / (p_data + p_g)" },
  { id: "difference", text: "D − D*", title: "Where D gives more (blue) or less (orange) than the best D would" },
  {
    id: "ratio",
    text: "ratio",
    title:
      "D / (1 − D), the ratio of densities that D stands for, against p_data / p_g: as a logarithm, 0 where they agree",
  },
];
const SCALES = [
  { mode: "contrast", text: "contrast", title: "By logit, between the ends of what is there now" },
  { mode: "whole", text: "0 to 1", title: "By probability, always from 0 to 1" },
] as const;

/** Of the menu, CSS pixels: fits a phone. */
const WIDTH = 304;

export function LayersMenu() {
  const [open, setOpen] = useState(false);
  const title = useId();
  const config = usePlayground(firstConfig);
  const on = usePlayground((state) => state.layers);
  const judged = usePlayground(isJudged);
  const { heat, map } = useViewSettings((state) => state);
  const { setLayer } = useActions();
  const data = datasetOf(config.dataset);
  if (data.kind !== "points") return null;
  const { dimension } = data;
  const shown = LAYER_IDS.filter((id) => canHave(id, dimension, judged));
  const count = shown.filter((id) => on.includes(id)).length + (dimension === 2 && map !== "d" ? 1 : 0);
  const known = data.density !== undefined && isAdversarial(config) && hasOptimum(config.model);
  return (
    <Popover opened={open} onChange={setOpen} width={WIDTH} position="bottom-start" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="lab-menu-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconStack3 size={15} aria-hidden="true" />
          Layers{count > 0 && <span className="lab-count number">{count}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={title} p="sm">
        <div className="lab-menu">
          <p id={title} className="visually-hidden">
            Layers of the picture
          </p>
          {dimension === 2 && (
            <fieldset className="lab-choice">
              <legend>Map</legend>
              {MAPS.map(({ id, text, title: hint }) => (
                <button
                  key={id}
                  type="button"
                  aria-pressed={map === id}
                  title={known || id === "d" ? hint : "This loss or these data have no best D that is known"}
                  disabled={!known && id !== "d"}
                  onClick={() => setMap(id)}
                >
                  {text}
                </button>
              ))}
            </fieldset>
          )}
          {dimension === 2 && opinionOf(lossOf(config)).probability && (
            <fieldset className="lab-choice" disabled={map !== "d"}>
              <legend>Scale of D</legend>
              {SCALES.map(({ mode, text, title: hint }) => (
                <button
                  key={mode}
                  type="button"
                  aria-pressed={heat === mode}
                  title={hint}
                  onClick={() => setHeatMode(mode)}
                >
                  {text}
                </button>
              ))}
            </fieldset>
          )}
          {shown.map((id) => (
            <Switch
              key={id}
              size="xs"
              label={LAYERS[id].name}
              description={LAYERS[id].title}
              checked={on.includes(id)}
              onChange={(event) => setLayer(id, event.currentTarget.checked)}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
