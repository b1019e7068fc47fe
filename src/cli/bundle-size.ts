/** Prints what the page loads first and what later, gzipped; fails when a budget is exceeded or TensorFlow.js is among it. */
import { bundleFiles, bundleKilobytes, bundleText, firstLoadKilobytes } from "./bundle";

const files = bundleFiles();
for (const { part, first, kilobytes, file } of files) {
  const when = part !== "page" ? "" : first ? "first" : "later";
  console.log(`${part.padEnd(7)}${when.padEnd(6)} ${kilobytes.toFixed(1).padStart(8)} kB gzip  ${file}`);
}

/** Kilobytes allowed, without datasets and worker, and what to do where they do not suffice. */
const BUDGETS = [
  {
    // 262 when it was first told apart; models from a table, more data, pictures of one's own, diagrams and keys from roles came since
    what: "Page, first load",
    kilobytes: firstLoadKilobytes(files),
    allowed: 300,
    advice: "split what is not needed at once, or drop it",
  },
  {
    // 350 until the page had a gallery, a glossary, maps of latent space and measures of quality; 400 until own data had its sheets, 440 until any chart could be put beside others
    what: "Page, all chunks",
    kilobytes: bundleKilobytes(files, "page"),
    allowed: 460,
    advice: "drop what is not needed",
  },
  {
    what: "The lab, when it is opened",
    kilobytes: bundleKilobytes(files, "lab"),
    allowed: 60,
    advice: "split what is not needed at once, or drop it",
  },
  {
    what: "Take away, when it is opened",
    kilobytes: bundleKilobytes(files, "take-away"),
    allowed: 20,
    advice: "split what is not needed at once, or drop it",
  },
  {
    what: "Many runs, when they are opened",
    kilobytes: bundleKilobytes(files, "runs"),
    allowed: 20,
    advice: "drop what is not needed",
  },
  {
    what: "Games of two numbers, when they are opened",
    kilobytes: bundleKilobytes(files, "game"),
    allowed: 12,
    advice: "drop what is not needed",
  },
  {
    what: "Latent space, when it is opened",
    kilobytes: bundleKilobytes(files, "latent-space"),
    allowed: 40,
    advice: "split what is not needed at once, or drop it",
  },
];
for (const { what, kilobytes, allowed } of BUDGETS) {
  console.log(`${what}: ${kilobytes.toFixed(1)} kB gzip of ${allowed} kB allowed`);
}

const tensorflow = files
  .filter(({ part, file }) => part !== "worker" && part !== "other" && file.endsWith(".js"))
  .map(({ file }) => file)
  .filter((file) => /tfjs|registerBackend|KernelBackend/.test(bundleText(file)));
if (tensorflow.length > 0) {
  console.error(
    `TensorFlow.js is in the page's own bundle (${tensorflow.join(", ")}): only the worker may import the engine.`,
  );
  process.exit(1);
}
const exceeded = BUDGETS.filter(({ kilobytes, allowed }) => kilobytes > allowed);
for (const { what, advice } of exceeded) console.error(`${what} is over its budget: ${advice}.`);
if (exceeded.length > 0) process.exit(1);
