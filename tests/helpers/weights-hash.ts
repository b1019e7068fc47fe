/**
 * A program: trains forty steps on a device of choice and prints how it rounded and a hash of all tensors, as JSON.
 * `node --import tsx tests/helpers/weights-hash.ts auto|reproducible`
 */
import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { wasmFolder } from "../../src/cli/node-backend";
import { DEVICE_PREFERENCES } from "../../src/core/device";
import { chooseBackend } from "../../src/engine/backend";
import { SMALL, trainerOf, trainSteps } from "./trainers";

const preference = DEVICE_PREFERENCES.find((name) => name === process.argv[2]) ?? "auto";
const { report } = await chooseBackend(preference, { wasmPaths: wasmFolder, gpu: undefined });
const trainer = trainerOf(SMALL);
trainSteps(trainer, 40);
const { tensors } = await trainer.save();
trainer.dispose();
const hash = createHash("sha256");
for (const { name, values } of tensors)
  hash.update(name).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
console.log(JSON.stringify({ backend: tf.getBackend(), arithmetic: report.arithmetic, hash: hash.digest("hex") }));
process.exit(0);
