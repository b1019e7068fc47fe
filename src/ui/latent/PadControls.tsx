/** What the latent pad shows: its colours, its two dimensions where there are more, and whose map while comparing. */
import { MAP_TINTS, type MapTint } from "../../client/latents/latent-state";
import { useLatentActions, useLatents, usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { modelOf } from "../../core/models";
import { ARM_CONFIG } from "../stage/live";
import { Choice } from "./Choice";

interface Props {
  readonly size: number;
  readonly images: boolean;
  readonly arms: readonly ArmId[];
  readonly arm: ArmId;
  readonly onArm: (arm: ArmId) => void;
}

export function PadControls({ size, images, arms, arm, onArm }: Props) {
  const tint = useLatents((state) => state.tint);
  const [across, up] = useLatents((state) => state.plane);
  const { setTint, setPlane } = useLatentActions();
  const names: Readonly<Record<MapTint, string>> = {
    place: images ? "the images" : "where G sends z",
    opinion: "what D says",
    none: "nothing",
  };
  const judged = usePlayground((state) => modelOf(ARM_CONFIG[arm](state)).judge !== null);
  const tints = MAP_TINTS.filter((value) => value !== "opinion" || judged);
  const dimensions = Array.from({ length: size }, (_, i) => ({ value: i, text: `z${i + 1}` }));
  return (
    <div className="latent-pad-controls">
      <Choice
        label="Map shows"
        value={tints.includes(tint) ? tint : "none"}
        choices={tints.map((value) => ({ value, text: names[value] }))}
        onChange={setTint}
      />
      {arms.length > 1 && (
        <Choice
          label="of arm"
          value={arm}
          choices={arms.map((value) => ({ value, text: armLetter(value) }))}
          onChange={onArm}
        />
      )}
      {size > 2 && (
        <>
          <Choice
            label="across"
            value={across}
            choices={dimensions.filter(({ value }) => value !== up)}
            onChange={(value) => setPlane([value, up])}
          />
          <Choice
            label="up"
            value={up}
            choices={dimensions.filter(({ value }) => value !== across)}
            onChange={(value) => setPlane([across, value])}
          />
        </>
      )}
    </div>
  );
}
