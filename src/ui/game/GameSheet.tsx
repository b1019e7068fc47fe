/** The view of games of two numbers, over the page; its code is loaded when somebody opens it. */
import { lazy, Suspense } from "react";
import { Part } from "../feedback/Part";
import { Sheet } from "../frame/Sheet";
import { closeGame, useGameSheet } from "./game-sheet";

const GameDynamics = lazy(() => import("./GameDynamics"));

export function GameSheet() {
  const open = useGameSheet((state) => state.open);
  return (
    <Sheet title="Two numbers that play" size="full" open={open} onClose={closeGame}>
      <Part name="The view of games of two numbers">
        <Suspense fallback={<p>Loading …</p>}>
          <GameDynamics />
        </Suspense>
      </Part>
    </Sheet>
  );
}
