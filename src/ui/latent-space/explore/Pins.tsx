/** Up to eight latents to come back to, each with its sample. The walk and the plane go through them. */
import { IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import { type LatentState, PIN_NAMES, type PinName } from "../../../client/latents/latent-state";
import { useLatentActions, useLatents, usePlayground } from "../../../client/use-playground";
import { LATENT } from "../../latent/latent-store";
import type { Look } from "../draw-samples";
import { joined } from "../joined";
import { SampleGrid } from "../SampleGrid";
import { setLatent, useSpaceArm } from "../space-store";
import { useGenerated } from "../use-generated";

const PINS = (state: LatentState) => state.pins;

/** The pins that are set, in the order of their letters. */
export function useSetPins(): readonly { readonly name: PinName; readonly z: Float32Array }[] {
  const pins = useLatents(PINS);
  return useMemo(
    () =>
      PIN_NAMES.flatMap((name) => {
        const z = pins[name];
        return z === null ? [] : [{ name, z }];
      }),
    [pins],
  );
}

export function Pins({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const set = useSetPins();
  const latent = usePlayground(LATENT);
  const { pin, unpin } = useLatentActions();
  const all = useMemo(() => joined(set.map(({ z }) => z)), [set]);
  const samples = useGenerated(arm, all)?.samples ?? null;
  const free = PIN_NAMES.find((name) => !set.some((one) => one.name === name));
  return (
    <section aria-labelledby="space-pins" className="space-part">
      <h3 id="space-pins">Pins</h3>
      <ul className="space-pins">
        {set.map(({ name, z }, i) => {
          const letter = name.toUpperCase();
          const length = (samples?.length ?? 0) / set.length;
          return (
            <li key={name} className="space-pin">
              <SampleGrid
                label={`The sample at pin ${letter}`}
                look={look}
                samples={samples?.subarray(i * length, (i + 1) * length) ?? null}
                count={1}
                columns={1}
                onPick={() => setLatent(z)}
                nameOf={() => `Go to pin ${letter}`}
                isPicked={() => z.every((value, k) => value === latent[k])}
              />
              <span className="space-row">
                {letter}
                <button
                  type="button"
                  className="space-lock"
                  aria-label={`Remove pin ${letter}`}
                  onClick={() => unpin(name)}
                >
                  <IconX size={13} aria-hidden="true" />
                </button>
              </span>
            </li>
          );
        })}
        <li>
          <button type="button" disabled={free === undefined} onClick={() => free !== undefined && pin(free)}>
            {free === undefined ? "All eight pins are set" : `Pin the present sample as ${free.toUpperCase()}`}
          </button>
        </li>
      </ul>
    </section>
  );
}
