/** Mirza and Osindero 2014: both players are told the class, by the layers that read it. */
import { game } from "./game";

export const cgan = game({ generator: true, discriminator: true, names: false });
