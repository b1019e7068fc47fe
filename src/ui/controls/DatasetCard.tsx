/** What is to be known of an image set: how many, how large, what they are labelled with, whose they are. Closed at first. */
import type { ImageDataset } from "../../core/datasets";
import classes from "./experiment.module.css";

export function DatasetCard({ dataset }: { readonly dataset: ImageDataset }) {
  const { shape, trainCount, testCount, classes: names, attributes = [], classifier, origin } = dataset;
  const [height, width, channels] = shape;
  const known = attributes.map(({ name }) => name).join(", ");
  const rows: readonly (readonly [string, string])[] = [
    ["Images", `${trainCount.toLocaleString("en")} to train on, ${heldText(testCount, origin === null)}`],
    ["Size", `${height} × ${width}, ${channels === 1 ? "grey" : "colour"}`],
    ["Classes", names.length === 1 ? "none" : `${names.length}: ${names.join(", ")}`],
    ...(known === "" ? [] : [["Also known", known] as const]),
    ...(classifier === undefined
      ? []
      : [
          [
            "Classifier",
            `names ${(100 * classifier.accuracy).toFixed(1)} % of the test images right; Fréchet distance and classes are read by it`,
          ] as const,
        ]),
    ...(origin === null
      ? [["Kept", "in this browser alone"] as const]
      : ([
          ["Files", `${(origin.bytes / 1e6).toFixed(1)} MB, fetched when the set is chosen`],
          ["Source", origin.source],
          ["Licence", origin.license],
          ["SHA-256", origin.sha256],
        ] as const)),
  ];
  return (
    <details className={classes.card}>
      <summary>About this set</summary>
      <dl>
        {rows.map(([term, text]) => (
          <div key={term} className={classes.cardRow}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What becomes of the images that are not trained on. */
function heldText(testCount: number, own: boolean): string {
  if (testCount === 0) return "none held out";
  const held = testCount.toLocaleString("en");
  return own ? `${held} held out: they tell learning from learning by heart` : `${held} kept for tests`;
}
