/** The latent: sliders that move G's sample at once, also while training. Sets the store's point; draws through Sample. */
import { Button, Pagination, Switch } from "@mantine/core";
import { IconDice3 } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { firstConfig } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { sampleLatents, sliderRange } from "../../core/latents";
import { STREAMS } from "../../core/rng";
import { useArmIds } from "../stage/live";
import { Interpolation } from "./Interpolation";
import { LatentPad } from "./LatentPad";
import { LatentRow } from "./LatentRow";
import { NO_PINS, type Pins } from "./pins";
import { Sample } from "./Sample";
import "./latent.css";

/** Sliders shown at once; the rest waits behind a disclosure, a page at a time: 512 sliders would slow the page down. */
const FIRST = 8;
const PAGE = 16;

export function LatentPanel() {
  const size = usePlayground((state) => state.latent.length);
  const prior = usePlayground((state) => firstConfig(state).latent.prior);
  const seed = usePlayground((state) => firstConfig(state).seed);
  const ema = usePlayground((state) => firstConfig(state).generator.ema > 0);
  const averaged = usePlayground((state) => state.averaged);
  const arms = useArmIds();
  const { setLatent, setAveraged } = useActions();
  const [pins, setPins] = useState<Pins>(NO_PINS);
  const draws = useRef(0);
  const range = sliderRange(prior);
  // Pins of another latent size have nothing to say here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is the reason to forget them
  useEffect(() => setPins(NO_PINS), [size]);

  const draw = () => {
    draws.current += 1;
    const z = sampleLatents(new Float32Array(size), prior, seed, STREAMS.latentPanel, draws.current);
    setLatent(z.map((value) => Math.min(range, Math.max(-range, value)))); // sliders end at ±3: one draw in 370 is beyond
  };
  return (
    <section aria-label="Latent" className="latent panel">
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
          <Button size="compact-xs" variant="default" leftSection={<IconDice3 size={14} aria-hidden />} onClick={draw}>
            Random latent
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setLatent(new Float32Array(size))}>
            Zero latent
          </Button>
        </div>
      </div>
      <div className="latent-body">
        <div className="latent-samples">
          {size === 2 && <LatentPad range={range} prior={prior} pins={pins} />}
          <div>
            {arms.map((arm) => (
              <Sample key={arm} arm={arm} comparing={arms.length > 1} />
            ))}
          </div>
        </div>
        <div className="latent-controls">
          <Sliders size={size} range={range} />
          <Interpolation pins={pins} prior={prior} size={size} onPin={setPins} />
        </div>
      </div>
    </section>
  );
}

function Sliders({ size, range }: { readonly size: number; readonly range: number }) {
  const [open, setOpen] = useState(false);
  const [page, setPage] = useState(1);
  const pages = Math.ceil((size - FIRST) / PAGE);
  const start = FIRST + (Math.min(page, Math.max(1, pages)) - 1) * PAGE;
  return (
    <>
      <Rows from={0} to={Math.min(size, FIRST)} range={range} />
      {size > FIRST && (
        <>
          <button type="button" className="latent-more" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "▾" : "▸"} {size - FIRST} more dimensions
          </button>
          {open && (
            <>
              <Rows from={start} to={Math.min(size, start + PAGE)} range={range} />
              {pages > 1 && (
                <Pagination
                  size="xs"
                  total={pages}
                  value={Math.min(page, pages)}
                  onChange={setPage}
                  siblings={1}
                  getItemProps={(item) => ({ "aria-label": `Dimensions, page ${item}` })}
                />
              )}
            </>
          )}
        </>
      )}
    </>
  );
}

function Rows({ from, to, range }: { readonly from: number; readonly to: number; readonly range: number }) {
  const dimensions = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  return (
    <div className="latent-rows">
      {dimensions.map((dimension) => (
        <LatentRow key={dimension} dimension={dimension} range={range} />
      ))}
    </div>
  );
}
