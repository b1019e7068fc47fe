/**
 * Games of two numbers: the field, the way of a play in it, eigenvalues, and what becomes of it. Why plain GANs circle and R1 does not
 * (Mescheder et al. 2018). Lays its parts out; the maths is core/game.
 */
import { useMemo, useState } from "react";
import { formatNumber } from "../../core/format";
import { type Fate, fateOf } from "../../core/game/fate";
import type { Point } from "../../core/game/field";
import type { Play } from "../../core/game/steps";
import { EigenFigure } from "./EigenFigure";
import { GameControls } from "./GameControls";
import { LineFigure } from "./LineFigure";
import { PlaneFigure } from "./PlaneFigure";
import { PLAIN, STORIES } from "./stories";
import { useCourse } from "./use-course";
import "../frame/sheet-form.css";
import "./game.css";

const START: Point = [1, 0];
/** Steps a second. */
const PACES = [
  { pace: 4, name: "slow" },
  { pace: 30, name: "as it comes" },
  { pace: 200, name: "fast" },
] as const;

export default function GameDynamics() {
  const [play, setPlay] = useState<Play>(PLAIN);
  const [start, setStart] = useState(START);
  const [pace, setPace] = useState<number>(PACES[1].pace);
  const [course, actions] = useCourse(play, start, pace);
  const fate = useMemo(() => fateOf(play), [play]);
  const story = STORIES.find((one) => one.play === play);
  const now = course.way.at(-1) ?? start;
  const begin = (point: Point) => {
    setStart(point);
    actions.start(point);
  };
  return (
    <div className="game sheet-form">
      <p className="game-lead">
        The smallest GAN: all data lie at 0, G's only fake at θ, and D is a line of slope ψ. Training moves two numbers,
        so all of it can be seen: where both are pulled from every place, and whether they come to rest in the middle,
        where the fake lies on the data.
      </p>
      <fieldset className="game-stories" aria-label="Cases">
        {STORIES.map((one) => (
          <button
            key={one.name}
            type="button"
            aria-pressed={one === story}
            onClick={() => {
              setPlay(one.play);
              begin(START);
            }}
          >
            {one.name}
          </button>
        ))}
      </fieldset>
      <div className="game-parts">
        <div className="game-stage">
          <PlaneFigure game={play} start={start} way={course.way} onStart={begin} />
          <div className="game-actions">
            <button type="button" className="sheet-form-main" disabled={course.gone} onClick={actions.toggle}>
              {course.playing ? "Pause" : "Play"}
            </button>
            <button type="button" disabled={course.gone} onClick={actions.step}>
              Step
            </button>
            <button type="button" onClick={() => actions.start(start)}>
              Back to the start
            </button>
            <label>
              Pace
              <select value={pace} onChange={(event) => setPace(Number(event.currentTarget.value))}>
                {PACES.map((one) => (
                  <option key={one.pace} value={one.pace}>
                    {one.name}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <p className="game-numbers number">
            <span>step {course.steps.toLocaleString("en")}</span>
            <span>θ {fixed(now[0])}</span>
            <span>ψ {fixed(now[1])}</span>
            <span>
              distance <output aria-label="Distance from rest">{fixed(Math.hypot(...now))}</output>
            </span>
          </p>
          <p className="game-note">Drag the ring, or press arrow keys on it, to start elsewhere.</p>
        </div>
        <div className="game-side">
          {story !== undefined && <p>{story.says}</p>}
          <p className="game-fate" data-where={fate.kinked ? "round" : fate.where} role="status">
            {course.gone ? "It has left the picture. " : ""}
            {fateText(fate)}
          </p>
          {!fate.kinked && (
            <div className="game-eigens">
              <EigenFigure title="In infinitely small steps" kind="flow" values={fate.flow} />
              <EigenFigure title="In steps as they are taken" kind="step" values={fate.step} />
            </div>
          )}
          {play.game === "dirac" && <LineFigure now={now} />}
          <GameControls play={play} onChange={setPlay} />
        </div>
      </div>
    </div>
  );
}

/** Three decimals and a sign that takes its room always, so that nothing moves. */
function fixed(value: number): string {
  if (Math.abs(value) >= 100) return formatNumber(value);
  return `${value < 0 ? "−" : "\u2007"}${Math.abs(value).toFixed(3)}`;
}

const FARTHER = {
  in: " Farther out the arrows lean inwards, the less the nearer it comes.",
  out: " Farther out the arrows lean outwards.",
  round: "",
} as const;

function fateText({ where, radius, kinked, farther }: Fate): string {
  if (kinked)
    return "It goes round at a distance: the penalty asks for slope 1 where there is nothing to tell, so the middle is no place to rest, and no eigenvalue speaks for it.";
  if (where === "round")
    return `It goes round: both eigenvalues of a step lie on the unit circle, so near the middle the distance neither shrinks nor grows.${FARTHER[farther]}`;
  const half = Math.abs(Math.log(2) / Math.log(radius));
  const steps = half < 1e6 ? Math.max(1, Math.round(half)).toLocaleString("en") : "over a million";
  return where === "in"
    ? `It comes to rest: near the middle every ${steps} steps halve the distance.`
    : `It leads out: near the middle every ${steps} steps double the distance.`;
}
