/** The tab for looking inside: a network's layer, what its units give for the sample at the latent sliders, and what they do. */

import { useEffect } from "react";
import { usePlayground } from "../../../client/use-playground";
import { LAYER_TABLE } from "../../../core/architecture/layer-table";
import { armLetter } from "../../../core/arms";
import { datasetOf } from "../../../core/datasets";
import { deadUnits } from "../../../core/inside";
import { modelOf } from "../../../core/models";
import { Spectrum } from "../../charts/Spectrum";
import { NamedSelect } from "../../frame/NamedSelect";
import { ARM, useArmIds } from "../../stage/live";
import { EffectView } from "./EffectView";
import {
  fitting,
  type InsideView,
  layersOf,
  look,
  networksOf,
  rankUnits,
  useInside,
  watchInside,
} from "./inside-store";
import { OneUnit } from "./OneUnit";
import { MOST_UNITS, UnitMaps } from "./UnitMaps";
import "./inside.css";

export function InsideTab() {
  useEffect(watchInside, []);
  const wanted = useInside((state) => state.view);
  const error = useInside((state) => state.error);
  const arms = useArmIds();
  const config = usePlayground((state) => ARM[fitting(wanted, state)?.arm ?? "a"](state)?.config ?? null);
  const view = usePlayground((state) => fitting(wanted, state)?.layer ?? null) === null ? null : wanted;
  if (config === null || view === null) return <p role="status">There is no network to look inside yet.</p>;
  const model = modelOf(config);
  const networks = networksOf(config);
  const network = networks.includes(view.network) ? view.network : (networks[0] ?? "");
  return (
    <section aria-label="Inside" className="inside">
      <p className="doctor-read">
        What a layer gives for the sample at your latent sliders, unit by unit. Press a unit, switch it off, and see
        what it drew (Bau et al. 2019).
      </p>
      <div className="inside-fields">
        {arms.length > 1 && (
          <NamedSelect
            label="Arm"
            value={view.arm}
            choices={arms.map((arm) => ({ value: arm, text: armLetter(arm) }))}
            onChange={(arm) => look({ arm })}
          />
        )}
        <NamedSelect
          label="Network"
          value={network}
          choices={networks.map((name) => ({ value: name, text: model.networks[name]?.name ?? name }))}
          onChange={(name) => look({ network: name, layer: "" })}
        />
        <NamedSelect
          label="Layer"
          value={view.layer}
          choices={layersOf(config, network).map(({ path, spec, outputShape }) => ({
            value: path,
            text: layerName(path, LAYER_TABLE[spec.type].name, outputShape),
          }))}
          onChange={(layer) => look({ layer })}
        />
        {network !== model.sampler && (
          <NamedSelect
            label="Looks at"
            value={view.of}
            choices={[
              { value: "fake", text: "your latent's fake" },
              { value: "real", text: "a real sample" },
            ]}
            onChange={(of) => look({ of })}
          />
        )}
      </div>
      {error !== null && <p role="alert">{error}</p>}
      <Layer view={view} role={model.networks[network]?.role ?? "generator"} />
      {datasetOf(config.dataset).kind === "images" && (
        <section aria-label="Fine and coarse">
          <Spectrum />
          <p>
            A loss that compares pixels (the VAE's) is least when uncertain details are averaged away: the power of fine
            waves is missing. D sees at a glance that it is missing, so G must draw them.
          </p>
        </section>
      )}
    </section>
  );
}

function Layer({ view, role }: { readonly view: InsideView; readonly role: "generator" | "discriminator" }) {
  const seen = useInside((state) => state.seen);
  const ranked = useInside((state) => state.ranked);
  const ranking = useInside((state) => state.ranking);
  const config = usePlayground((state) => ARM[view.arm](state)?.config ?? null);
  if (seen === null || config === null || seen.view.layer !== view.layer || seen.view.network !== view.network) {
    return <p role="status">Asking the network…</p>;
  }
  const { inside, step } = seen;
  const units = inside.statistics.mean.length;
  const dead = deadUnits(inside).length;
  const changes = ranked?.changes ?? null;
  const { unit, off } = view;
  return (
    <>
      <p className="number" role="status" aria-label="Units">
        {units.toLocaleString("en")} units{units > MOST_UNITS && `, of which ${MOST_UNITS} are shown`}; {dead} at rest
        {off.length > 0 && `; ${off.length} switched off`}. Step {step.toLocaleString("en")}.
      </p>
      {/* Above the units: it is in view while they are switched. */}
      <section aria-label="What they do" className="inside-effect">
        <EffectView effect={inside.effect} config={config} off={seen.view.off.length} />
      </section>
      <UnitMaps inside={inside} role={role} unit={unit} off={off} changes={changes} />
      <div className="inside-head">
        <button type="button" className="inside-button" disabled={ranking} onClick={() => void rankUnits()}>
          {ranking ? "Switching each off in turn…" : "Put those first that do most"}
        </button>
        <button type="button" className="inside-button" disabled={off.length === 0} onClick={() => look({ off: [] })}>
          All on
        </button>
      </div>
      {ranked !== null && (
        <p className="inside-note number">
          In the order of what each changes alone, as of step {ranked.step.toLocaleString("en")}.
        </p>
      )}
      {unit !== null && (
        <OneUnit inside={inside} unit={unit} off={off.includes(unit)} change={changes?.[unit] ?? null} role={role} />
      )}
    </>
  );
}

const layerName = (path: string, name: string, shape: readonly number[]) =>
  `${path
    .split("/")
    .map((place) => Number(place) + 1)
    .join(".")} ${name}, ${shape.join(" × ")}`;
