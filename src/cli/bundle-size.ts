/** Prints what the page loads first, gzipped, and fails when it exceeds the budget or holds TensorFlow.js. */
import { bundleFiles, bundleKilobytes, bundleText } from "./bundle";

/** Without datasets and worker. 350 until the page had a gallery, a glossary, maps of latent space and measures of quality. */
const BUDGET_KB = 400;

/** What opening the lab may cost on top. */
const LAB_BUDGET_KB = 60;

const files = bundleFiles();
for (const { part, kilobytes, file } of files)
  console.log(`${part.padEnd(7)} ${kilobytes.toFixed(1).padStart(8)} kB gzip  ${file}`);

const lab = bundleKilobytes(files, "lab");
const total = bundleKilobytes(files, "page");
console.log(`Page, all chunks: ${total.toFixed(1)} kB gzip of ${BUDGET_KB} kB allowed`);
console.log(`The lab, when it is opened: ${lab.toFixed(1)} kB gzip of ${LAB_BUDGET_KB} kB allowed`);

const tensorflow = files
  .filter(({ part, file }) => (part === "page" || part === "lab") && file.endsWith(".js"))
  .map(({ file }) => file)
  .filter((file) => /tfjs|registerBackend|KernelBackend/.test(bundleText(file)));
if (tensorflow.length > 0) {
  console.error(
    `TensorFlow.js is in the page's own bundle (${tensorflow.join(", ")}): only the worker may import the engine.`,
  );
  process.exit(1);
}
if (lab > LAB_BUDGET_KB) {
  console.error("The lab is over its budget: split what is not needed at once, or drop it.");
  process.exit(1);
}
if (total > BUDGET_KB) {
  console.error("The page's first load is over its budget: split what is not needed at once, or drop it.");
  process.exit(1);
}
