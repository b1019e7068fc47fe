/** The arm's samples of latents, asked for again whenever these change and as G trains on. */
import { useEffect, useRef, useState } from "react";
import type { Asker } from "../../client/latents/asker";
import { playground, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import type { Drawn } from "../../core/latent-space/studies";
import { useResting } from "./use-resting";

/** Seldom enough that many pictures cost training little. */
const FOLLOW = { followMs: 500, followShare: 20 } as const;
const NOTHING = new Float32Array(0);

export interface Generated {
  readonly samples: Drawn;
  /** D's logits; empty where nothing judges. */
  readonly logits: Float32Array;
}

/** @param latents [count, latent size], the same array while it says the same; null for none. At most 1,024 of them. */
export function useGenerated(arm: ArmId, latents: Float32Array | null): Generated | null {
  const wanted = useRef(latents);
  const asker = useRef<Asker | null>(null);
  const [made, setMade] = useState<(Generated & { readonly length: number }) | null>(null);
  useEffect(() => {
    const { latents: views, store } = playground();
    const own = views.watch({
      ...FOLLOW,
      request: views.generate,
      points: () => wanted.current ?? NOTHING,
      receive(answer, points) {
        const found = answer.arms.find((one) => one.arm === arm);
        if (found !== undefined) setMade({ samples: found.samples, logits: found.logits, length: points.length });
      },
    });
    asker.current = own;
    own.ask();
    const stop = store.subscribe(({ step }, before) => {
      if (step !== before.step) own.follow(step);
    });
    return () => {
      stop();
      own.dispose();
    };
  }, [arm]);
  useEffect(() => {
    wanted.current = latents;
    asker.current?.ask();
  }, [latents]);
  // Of other latents as many are shown until the answer comes; of another number nothing is.
  return latents !== null && made?.length === latents.length ? made : null;
}

const REST_MS = 120;

/** The latent once the hand rests; at once where it is of another size. */
export function useRestingLatent(): Float32Array {
  const latent = usePlayground((state) => state.latent);
  const resting = useResting(latent, REST_MS);
  return resting.length === latent.length ? resting : latent;
}
