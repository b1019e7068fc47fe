/** Fashion-MNIST from Debian's package dataset-fashion-mnist, which holds the authors' four files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { idxImages } from "./mnist";
import { fetchDebian } from "./packages";
import type { Splits } from "./write-image-set";

const SHA256 = "39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0";

export function makeFashionMnist(folder: string): Splits {
  const data = join(fetchDebian("dataset-fashion-mnist", SHA256, folder), "usr/share/datasets/fashion-mnist");
  const read = (path: string) => gunzipSync(readFileSync(`${path}.gz`));
  return {
    train: idxImages(data, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", read),
    test: idxImages(data, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", read),
  };
}
