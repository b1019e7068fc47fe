/** Odena et al. 2017: G is told the class, D has to name it. */
import { game } from "./game";

export const acgan = game({ generator: true, discriminator: false, names: true });
