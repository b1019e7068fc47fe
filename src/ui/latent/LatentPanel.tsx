/** The latent: pad and sliders that move G's sample at once, also while training, and the walk between two of its points. */

import { Button, Switch } from "@mantine/core";
import { IconDice3, IconMap2 } from "@tabler/icons-react";
import { useState } from "react";
import { firstConfig } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { samplerOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { sliderRange } from "../../core/latents";
import { openSpace } from "../latent-space/space-sheet";
import { useArmIds } from "../stage/live";
import { ClassPicker } from "./ClassPicker";
import { LatentPad } from "./LatentPad";
import { drawLatent } from "./latent-store";
import { PadControls } from "./PadControls";
import { Sample } from "./Sample";
import { Sliders } from "./Sliders";
import { Walk } from "./Walk";
import "./latent.css";

export function LatentPanel() {
  const size = usePlayground((state) => state.latent.length);
  const prior = usePlayground((state) => firstConfig(state).latent.prior);
  const dataset = usePlayground((state) => firstConfig(state).dataset);
  const arms = useArmIds();
  const [padArm, setPadArm] = useState<ArmId>("a");
  const range = sliderRange(prior);
  const images = datasetOf(dataset).kind === "images";
  const comparing = arms.length > 1;
  // Images of many dimensions are seen themselves; a slice of two of 64 would say next to nothing.
  const pad = size === 2 || (size > 2 && !images);
  const ofPad = arms.includes(padArm) ? padArm : (arms[0] ?? "a");
  const samples = arms.map((arm) => <Sample key={arm} arm={arm} comparing={comparing} />);
  return (
    <section aria-label="Latent" className="latent panel">
      <Head size={size} />
      <ClassPicker />
      <div className="latent-body" data-pad={pad} data-images={images}>
        {images && <div className="latent-samples">{samples}</div>}
        {pad && <LatentPad range={range} prior={prior} arm={ofPad} />}
        <div className="latent-controls">
          {!images && <div className="latent-samples">{samples}</div>}
          <Sliders size={size} range={range} />
          <Walk images={images} />
          {pad && <PadControls size={size} images={images} arms={arms} arm={ofPad} onArm={setPadArm} />}
        </div>
      </div>
    </section>
  );
}

function Head({ size }: { readonly size: number }) {
  const prior = usePlayground((state) => firstConfig(state).latent.prior);
  const ema = usePlayground((state) => samplerOf(firstConfig(state)).ema > 0);
  const averaged = usePlayground((state) => state.averaged);
  const { setLatent, setAveraged } = useActions();
  return (
    <div className="latent-head">
      <h2 className="panel-title">Latent z</h2>
      <span className="latent-note">
        {size}-D, {prior === "normal" ? "N(0, 1)" : "U(−1, 1)"}
      </span>
      {ema && (
        <Switch
          size="xs"
          label="Averaged generator (EMA)"
          checked={averaged}
          onChange={(event) => setAveraged(event.currentTarget.checked)}
        />
      )}
      <div className="latent-actions">
        <Button
          size="compact-xs"
          variant="default"
          className="latent-button"
          leftSection={<IconDice3 size={14} aria-hidden />}
          onClick={() => setLatent(drawLatent())}
        >
          Random latent
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          className="latent-button"
          onClick={() => setLatent(new Float32Array(size))}
        >
          Zero latent
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          className="latent-button"
          leftSection={<IconMap2 size={14} aria-hidden />}
          title="Directions that mean something, walks and planes, the latent of a picture, what G knows by heart, a game"
          onClick={openSpace}
        >
          Latent space
        </Button>
      </div>
    </div>
  );
}
