/** The gallery of presets: groups with a picture of each outcome, what it shows and what it costs here; a search; arrow keys. */

import { useMemo, useState } from "react";
import { browserPage } from "../../client/page";
import { createMeasurementMemory } from "../../client/persistence/measurements";
import { firstConfig } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { lossOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import {
  PRESET_GROUPS,
  PRESET_IDS,
  PRESETS,
  type Preset,
  type PresetGroupId,
  type PresetId,
  presetExperiment,
  presetOf,
  presetPicture,
} from "../../core/presets";
import { DatasetThumbnail } from "../controls/DatasetThumbnail";
import { useRoving } from "../frame/use-roving";
import { openGame } from "../game/game-sheet";
import { costOf, costText, type Known } from "./cost";
import "./gallery.css";

export default function Gallery({ onClose }: { readonly onClose: () => void }) {
  const [search, setSearch] = useState("");
  const current = usePlayground((state) => presetOf(firstConfig(state)));
  const known = useKnown();
  const cards = useRoving<HTMLDivElement>(".gallery-card");
  const found = PRESET_IDS.filter((id) => matches(PRESETS[id], search));
  return (
    <div className="gallery">
      <label className="gallery-search">
        Search
        <input
          type="search"
          value={search}
          placeholder="collapse, Wasserstein, digits …"
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </label>
      <p className="visually-hidden" role="status">
        {found.length === PRESET_IDS.length ? "" : `${found.length} presets found`}
      </p>
      {found.length === 0 && !isAbout(GAME_WORDS, search) && <p>No preset is about that. Try another word.</p>}
      <div {...cards}>
        {PRESET_GROUPS.map((group) => {
          const ids = found.filter((id) => PRESETS[id].group === group.id);
          const game = group.id === GAME_GROUP && isAbout(GAME_WORDS, search);
          if (ids.length === 0 && !game) return null;
          return (
            <section key={group.id} aria-label={group.name}>
              <h3>{group.name}</h3>
              <p className="gallery-about">{group.description}</p>
              <ul>
                {ids.map((id) => (
                  <li key={id}>
                    <Card
                      id={id}
                      current={id === current}
                      cost={costText(PRESETS[id].steps, cost(PRESETS[id], known))}
                      onClose={onClose}
                    />
                  </li>
                ))}
                {game && (
                  <li>
                    <GameCard onClose={onClose} />
                  </li>
                )}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}

const cost = (preset: Preset, known: Known | null) => (known === null ? null : costOf(preset, known));

/** The game of two numbers is no preset of an experiment: it has a view of its own, and nothing to train. */
function GameCard({ onClose }: { readonly onClose: () => void }) {
  return (
    <button
      type="button"
      className="gallery-card"
      onClick={() => {
        onClose();
        openGame();
      }}
    >
      <span className="gallery-picture">
        <Spiral />
      </span>
      <span className="gallery-text">
        <strong>Two numbers that play</strong>
        <span>Why plain GANs go round in circles, and why R1 brings them to rest.</span>
        <small>Moves at once; nothing is trained</small>
      </span>
    </button>
  );
}

/** A way that leads round and in. */
function Spiral() {
  return (
    <svg
      viewBox="0 0 88 88"
      width="88"
      height="88"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="M80 44a36 36 0 1 1-36-36a30 30 0 0 1 30 30a26 26 0 0 1-52 4a20 20 0 0 1 40-3a15 15 0 0 1-30 2a10 10 0 0 1 19-2" />
      <circle cx="44" cy="43" r="3" fill="currentColor" />
    </svg>
  );
}

interface CardProps {
  readonly id: PresetId;
  readonly current: boolean;
  readonly cost: string;
  readonly onClose: () => void;
}

function Card({ id, current, cost, onClose }: CardProps) {
  const { name, shows, config } = PRESETS[id];
  const { openExperiment } = useActions();
  const seed = usePlayground((state) => firstConfig(state).seed);
  const [missing, setMissing] = useState(false);
  return (
    <button
      type="button"
      className="gallery-card"
      aria-current={current || undefined}
      onClick={() => {
        openExperiment(presetExperiment(id, seed));
        onClose();
      }}
    >
      <span className="gallery-picture">
        {missing ? (
          <DatasetThumbnail id={config.dataset} />
        ) : (
          <img src={presetPicture(id)} alt="" width="88" height="88" loading="lazy" onError={() => setMissing(true)} />
        )}
      </span>
      <span className="gallery-text">
        <strong>{name}</strong>
        <span>{shows}</span>
        <small className="number">{current ? `${cost}; open now` : cost}</small>
      </span>
    </button>
  );
}

/** What this device's speed is known to be; null before the worker told which device it is. */
function useKnown(): Known | null {
  const device = usePlayground((state) => state.device);
  const config = usePlayground(firstConfig);
  const measurements = useMemo(() => createMeasurementMemory(browserPage()).list(), []);
  if (device === null) return null;
  const { backend, candidates } = device;
  const ms = candidates.find((candidate) => candidate.backend === backend)?.msPerStep ?? null;
  return { backend, measurements, present: ms === null ? null : { config, msPerStep: ms } };
}

function matches({ name, shows, lesson, group, config }: Preset, search: string): boolean {
  const about = PRESET_GROUPS.find(({ id }) => id === group);
  const all = [name, shows, lesson, about?.name, lossOf(config), datasetOf(config.dataset).name].join(" ");
  return isAbout(all, search);
}

/** Where the view of two numbers stands: it is the plainest of the failures. */
const GAME_GROUP: PresetGroupId = "failures";
/** What it is found by. */
const GAME_WORDS = "Two numbers that play: Dirac-GAN, bilinear, game dynamics, vector field, eigenvalues, circles, R1";

function isAbout(words: string, search: string): boolean {
  const all = words.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
