/** The game of 2014, of which nobody is told classes: game.ts. */
import { game } from "./game";
import { UNTOLD } from "./gan-labels";

export const gan = game(UNTOLD);
