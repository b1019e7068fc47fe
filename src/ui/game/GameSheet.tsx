/** The view of games of two numbers, over the page; its code is loaded when somebody opens it. */
import { lazy } from "react";
import { Sheet } from "../frame/Sheet";
import { closeGame, useGameSheet } from "./game-sheet";

const GameDynamics = lazy(() => import("./GameDynamics"));

export function GameSheet() {
  const open = useGameSheet((state) => state.open);
  return (
    <Sheet
      title="Two numbers that play"
      part="The view of games of two numbers"
      loading={<p>Loading …</p>}
      size="full"
      open={open}
      onClose={closeGame}
    >
      <GameDynamics />
    </Sheet>
  );
}
