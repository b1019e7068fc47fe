/** Pins two latent points and goes from one to the other: straight, or along the sphere where the prior lives on one. */
import { Button, Slider, Tooltip } from "@mantine/core";
import { useState } from "react";
import { playground, useActions } from "../../client/use-playground";
import type { LatentPrior } from "../../core/config";
import { interpolate, SLERP_FROM } from "../../core/latents";
import type { Pins } from "./pins";

interface Props {
  readonly pins: Pins;
  readonly prior: LatentPrior;
  readonly size: number;
  readonly onPin: (pins: Pins) => void;
}

export function Interpolation({ pins, prior, size, onPin }: Props) {
  const { setLatent } = useActions();
  const [share, setShare] = useState(0);
  const here = () => Float32Array.from(playground().store.getState().latent);
  const { a, b } = pins;
  const both = a !== null && b !== null;
  const way = prior === "normal" && size >= SLERP_FROM ? "along the sphere (slerp)" : "in a straight line (lerp)";
  return (
    <div className="latent-between">
      <Pin name="A" pinned={a !== null} onClick={() => onPin({ a: here(), b })} />
      <Tooltip label={both ? `From pin A to pin B, ${way}` : "Pin two points A and B first"} openDelay={400}>
        <div className="latent-between-slider">
          <Slider
            thumbLabel="Between A and B"
            thumbValueText={(value) => `${Math.round(value * 100)} % of the way to B`}
            value={share}
            min={0}
            max={1}
            step={0.01}
            label={null}
            size={4}
            thumbSize={16}
            disabled={!both}
            color="var(--color-generator)"
            onChange={(next) => {
              setShare(next);
              if (a && b) setLatent(interpolate(a, b, next, prior));
            }}
          />
        </div>
      </Tooltip>
      <Pin name="B" pinned={b !== null} onClick={() => onPin({ a, b: here() })} />
    </div>
  );
}

function Pin({
  name,
  pinned,
  onClick,
}: {
  readonly name: string;
  readonly pinned: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Tooltip
      label={pinned ? `Pin ${name} is set; press to move it here` : `Remember this latent as ${name}`}
      openDelay={400}
    >
      <Button size="compact-xs" variant={pinned ? "light" : "default"} onClick={onClick}>
        Pin {name}
      </Button>
    </Tooltip>
  );
}
