/** A walk that plays: the loop through all pins, as a strip too, or a random one that turns no corners. */
import { useReducedMotion } from "@mantine/hooks";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { SECONDS_CHOICES } from "../../../client/latents/latent-state";
import { playground, useLatentActions, useLatents } from "../../../client/use-playground";
import { loopLatents, loopPoint, smoothPoint } from "../../../core/latent-space/walks";
import { Choice } from "../../latent/Choice";
import { drawLatent, useUsualWay, useWay } from "../../latent/latent-store";
import { useTravel } from "../../latent/use-travel";
import { Films } from "../../take-away/Films";
import { loopFilm, walkFilm } from "../../take-away/film-scenes";
import { SavePicture } from "../../take-away/SavePicture";
import type { Look } from "../draw-samples";
import { beginChange } from "../latent-undo";
import { SampleGrid } from "../SampleGrid";
import { samplesStill } from "../samples-still";
import { setLatent, slideLatent, useSpaceArm } from "../space-store";
import { useGenerated } from "../use-generated";
import { useSetPins } from "./Pins";

const WALKS = [
  { value: "pins", text: "loop through the pins" },
  { value: "random", text: "random, smooth" },
] as const;
type WalkKind = (typeof WALKS)[number]["value"];

/** Of the walk that is chosen first. */
const FILMS = [loopFilm, walkFilm];
const WANDERING = [walkFilm, loopFilm];

/** Images of the strip for each leg; who asks for less motion sees as many still ones. */
const FRAMES = 6;
const MOST_COLUMNS = 12;

export function WalkPart({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const pins = useSetPins();
  const points = useMemo(() => pins.map(({ z }) => z), [pins]);
  const way = useWay();
  const usual = useUsualWay();
  const seconds = useLatents((state) => state.seconds);
  const { setSeconds, setWay } = useLatentActions();
  const [kind, setKind] = useState<WalkKind>("random");
  const still = useReducedMotion();
  const keys = useRef<Float32Array[]>([]);
  const enough = points.length > 1;
  const go = useCallback(
    (elapsed: number) => {
      const exact = elapsed / seconds;
      const legs = still ? Math.floor(exact * FRAMES) / FRAMES : exact;
      if (kind === "pins") slideLatent(loopPoint(points, legs, way));
      else {
        const key = (i: number) => {
          while (keys.current.length <= i) keys.current.push(drawLatent());
          return keys.current[i] ?? drawLatent();
        };
        slideLatent(smoothPoint(key, legs, way));
      }
    },
    [kind, points, seconds, still, way],
  );
  const { playing, toggle } = useTravel(go, kind === "random" || enough);
  const frames = useMemo(() => (enough ? loopLatents(points, FRAMES, way) : null), [points, enough, way]);
  const samples = useGenerated(arm, frames)?.samples ?? null;
  const count = points.length * FRAMES;
  const columns = Math.min(MOST_COLUMNS, count);
  const [filming, setFilming] = useState(false);
  return (
    <section aria-labelledby="space-walk" className="space-part">
      <h3 id="space-walk">Walk</h3>
      <div className="space-row">
        <button
          type="button"
          aria-pressed={playing}
          disabled={kind === "pins" && !enough}
          onClick={() => {
            beginChange();
            keys.current = [playground().store.getState().latent];
            toggle();
          }}
        >
          {playing ? (
            <IconPlayerPauseFilled size={12} aria-hidden="true" />
          ) : (
            <IconPlayerPlayFilled size={12} aria-hidden="true" />
          )}
          {playing ? "Stop walking" : "Walk"}
        </button>
        <Choice label="Where" value={kind} choices={WALKS} onChange={setKind} />
        <Choice
          label="Pace"
          value={seconds}
          choices={SECONDS_CHOICES.map((value) => ({ value, text: `${value} s a leg` }))}
          onChange={setSeconds}
        />
        <Choice
          label="Way"
          value={way}
          choices={(["lerp", "slerp"] as const).map((value) => ({
            value,
            text: `${value === "lerp" ? "straight" : "on the sphere"}${value === usual ? ", usual" : ""}`,
          }))}
          onChange={setWay}
        />
      </div>
      {enough ? (
        <SampleGrid
          label="The loop through all pins, frame by frame"
          look={look}
          samples={samples}
          count={count}
          columns={columns}
          onPick={(i) => setLatent(loopPoint(points, i / FRAMES, way))}
          nameOf={(i) =>
            frameName(
              i,
              pins.map(({ name }) => name.toUpperCase()),
            )
          }
        />
      ) : (
        <p className="space-note">With two pins or more, the loop through them appears here as a strip.</p>
      )}
      <div className="space-row">
        <SavePicture
          what="the strip"
          id="strip"
          make={samples === null ? null : () => samplesStill(look, samples, columns)}
        />
        <button type="button" aria-expanded={filming} onClick={() => setFilming(!filming)}>
          {filming ? "No film" : "Make a film of the walk …"}
        </button>
      </div>
      {filming && (
        <div className="take">
          <Films title="A film of the walk" scenes={kind === "pins" ? FILMS : WANDERING} />
        </div>
      )}
    </section>
  );
}

function frameName(i: number, letters: readonly string[]): string {
  const leg = Math.floor(i / FRAMES);
  const [from, to] = [letters[leg], letters[(leg + 1) % letters.length]];
  const share = (i % FRAMES) / FRAMES;
  return share === 0
    ? `Take pin ${from}`
    : `Take the latent ${Math.round(100 * share)} % of the way from ${from} to ${to}`;
}
