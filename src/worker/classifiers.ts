/** The classifiers that images are judged with: each one's file is fetched once, when it is first asked for. No judging. */

import { type DatasetId, datasetOf } from "../core/datasets";
import { type ClassifierFile, parseClassifier } from "../engine/classifier/file";
import type { FileFetcher } from "../engine/data";

export interface ClassifiersOptions {
  readonly fetch: FileFetcher;
  /** A file is here, or will not come. */
  readonly onEnd: () => void;
  /** Told, in a sentence, of a file that did not come or is damaged. */
  readonly onFault: (text: string) => void;
}

export class Classifiers {
  readonly #options: ClassifiersOptions;
  readonly #files = new Map<DatasetId, ClassifierFile | "coming" | "missing">();

  constructor(options: ClassifiersOptions) {
    this.#options = options;
  }

  /** The file of a dataset's classifier, if it is here; null for data that have none, "coming" or "missing" otherwise. */
  get(dataset: DatasetId): ClassifierFile | "coming" | "missing" | null {
    const data = datasetOf(dataset);
    if (data.kind === "points" || data.classifier === undefined) return null;
    const known = this.#files.get(dataset);
    if (known === undefined) void this.#fetch(dataset, data.classifier.file);
    return known ?? "coming";
  }

  /** What did not come is asked for again by the next `get`. */
  forgetFaults(): void {
    for (const [id, file] of this.#files) if (file === "missing") this.#files.delete(id);
  }

  async #fetch(dataset: DatasetId, path: string): Promise<void> {
    this.#files.set(dataset, "coming");
    try {
      this.#files.set(dataset, parseClassifier(await this.#options.fetch(path), dataset));
    } catch (error) {
      this.#files.set(dataset, "missing");
      const why = error instanceof Error ? error.message : String(error);
      this.#options.onFault(
        `The classifier that judges how good the images are could not be loaded (${why.replace(/\.$/, "")}). Training goes on without those numbers; reset to try again.`,
      );
    }
    this.#options.onEnd();
  }
}
