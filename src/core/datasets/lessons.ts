/**
 * What to look for with each kind of data: for experiments that are no preset, whose lessons say more. True of the data and of any GAN
 * on it, or of any model that makes copies; no promise of how a run ends. No samplers.
 */
import { type BuiltInId, type DatasetId, datasetOf, isBuiltIn } from "./index";

const LESSONS = {
  "gaussian-1d":
    "Watch the generated bell slide under the real one while D tilts to push it there. Where the two agree, the best D says one half.",
  "mixture-1d":
    "Watch how many of the three bells get fakes, and how even they are: G may favour one or leave one out, and D then rises over what is short of fakes.",
  "uniform-1d":
    "Look at the two edges: only a very steep G makes a sharp one, so fakes are rounded off or piled up beside them, and D finds what is left there longest.",
  ring: "Watch how many of the eight clusters get fakes. Between clusters a continuous G cannot but leave a thin trail.",
  grid: "Twenty-five clusters ask for a G that is steep in many places: watch which rows are missing, and for how long.",
  moons: "G must tear one cloud of noise into two curved pieces: look for the thin bridge of fakes between the moons.",
  spiral:
    "Two arms wind around each other: watch the fakes follow them from the inside out, and cut across where G is not steep enough.",
  "swiss-roll": "One long band is rolled up: watch the fakes unroll along it, and jump between its windings.",
  checkerboard:
    "Squares with sharp corners and empty ones between: look at what G leaves in the gaps and at the corners.",
  circles:
    "Two circles, one inside the other, that nothing connects: watch which one is found first, and the fakes that cross between.",
  line: "Nearly all of the plane holds no real point, so D is soon certain: watch the fakes fold onto the thin segment, and then whether they fill it evenly to its ends.",
  "two-gaussians":
    "Watch whether the fakes keep to both clusters at once or move from one to the other and back. The thread between them gets thin, but never breaks.",
  mnist:
    "Watch strokes come before digits. Then look for digits that are missing, and for ones that are all alike: G may draw few of them well.",
  "faces-16":
    "Watch skin and hair come first, then eyes, then glasses and hats. Look for faces that come again and again: D never asks that all of them be there.",
  "faces-32":
    "Watch whether the squares are even and meet at their edges: there is nothing more in these faces than in the small ones, but more to get wrong.",
  "fashion-mnist":
    "Watch outlines come before shades. Then look for kinds that are missing: shirts, coats and pullovers are hard to tell apart for D as well.",
  "line-faces": "Heavy hair comes long before the thin lines of eyes and mouths: D sees large things first.",
  shapes:
    "Place, size, hue and kind vary each on its own: watch which of them G varies first, and whether it draws all three kinds.",
  emoji:
    "Little of each of very many things: expect colours and outlines. Where a fake is a real one to the pixel, G has learned it by heart.",
} as const satisfies Readonly<Record<BuiltInId, string>>;

/** The same where nothing judges: a model codes samples and makes them again (a VAE). */
const OF_COPIES = {
  "gaussian-1d":
    "Watch the samples' bell come to lie under the real one, a little narrower: each sample is a mean, without the noise that the likelihood allows.",
  "mixture-1d":
    "Watch the three bells take their places in latent space. The decoder is continuous, so codes between two of them give samples between.",
  "uniform-1d":
    "Look at the two edges: copies are means of what a code may stand for, so they keep away from the edges.",
  ring: "Watch the eight clusters take their places in latent space. Codes between two of them give points between: the gaps stay filled.",
  grid: "Twenty-five clusters share one latent space: look for samples between neighbours, where their codes meet.",
  moons: "Two moons and one cloud of codes: look at which samples the codes at the border of the two give.",
  spiral:
    "Two arms wind around each other: watch which parts of them share codes, for there the samples lie between the arms.",
  "swiss-roll":
    "One long band is rolled up: watch the copies unroll it, and cut across where two windings share codes.",
  checkerboard:
    "Squares with sharp corners and empty ones between: copies are means, so corners get round and gaps are bridged.",
  circles:
    "Two circles, one inside the other: watch which codes stand for which, and the samples that lie between them.",
  line: "Nearly all of the plane holds no real point: watch the samples fold onto the thin segment, for which one number of the code is enough.",
  "two-gaussians":
    "Watch each cluster take its part of latent space. The codes at the border give the thread of samples between them.",
  mnist:
    "Digits come early and stay soft: where the codes of several digits meet, the decoder gives their mean. Drag a latent to see one become another.",
  "faces-16":
    "Watch skin and hair come first, then eyes. What only some faces have, glasses or hats, is drawn half: the mean of with and without.",
  "faces-32":
    "Edges between squares stay soft, for a mean is the safest copy. There is nothing more in these faces than in the small ones.",
  "fashion-mnist":
    "Watch outlines come before shades. Prints and creases hardly come: they are what a short code leaves out.",
  "line-faces":
    "Heavy hair comes long before the thin lines of eyes and mouths: leaving those out costs a copy little.",
  shapes:
    "Place, size, hue and kind vary each on its own: drag the latents, and look for one that moves a single one of them.",
  emoji:
    "Little of each of very many things: expect colours and soft outlines, and rare ones copied as something like them.",
} as const satisfies Readonly<Record<BuiltInId, string>>;

/** What to look for with some data. @param judged whether the model has a D */
export function datasetLesson(id: DatasetId, judged: boolean): string {
  if (isBuiltIn(id)) return judged ? LESSONS[id] : OF_COPIES[id];
  if (!judged) {
    return datasetOf(id).kind === "points"
      ? "Watch whether the samples find every part of what you drew, and what they put between the parts."
      : "Watch what all your pictures have in common come first. What only some have stays soft: a mean is the safest copy.";
  }
  return datasetOf(id).kind === "points"
    ? "Watch whether the fakes find every part of what you drew, and what they leave between the parts."
    : "Watch what all your pictures have in common come first, and what only some have come last. If the fakes become copies, D has learned your pictures by heart: add more of them, or raise R1, which slows that.";
}
