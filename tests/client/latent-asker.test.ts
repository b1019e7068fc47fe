/** Questions about the latent's sample: a person's is never behind one that only follows training, and the newest answer counts. */
import { describe, expect, it } from "vitest";
import { createLatentAsker } from "../../src/client/latent-asker";
import type { Generated } from "../../src/worker/protocol";

/** An asker whose questions wait until the test answers them. */
function scene() {
  let latent = Float32Array.of(0);
  const questions: { readonly z: number; readonly answer: () => Promise<void> }[] = [];
  const received: number[] = [];
  const asker = createLatentAsker({
    latent: () => latent,
    request: (z) =>
      new Promise<Generated>((resolve) => {
        const answer = async () => {
          resolve({ arms: [{ arm: "a", samples: z, logits: Float32Array.of(0) }] });
          await new Promise((later) => setTimeout(later));
        };
        questions.push({ z: z[0] ?? Number.NaN, answer });
      }),
    receive: (generated) => received.push(generated.arms[0]?.samples[0] ?? Number.NaN),
  });
  const move = (z: number) => {
    latent = Float32Array.of(z);
    asker.ask();
  };
  return { asker, questions, received, move };
}

const follows = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("asking for the latent's sample", () => {
  it("sends a person's question although one that follows training is not answered yet", async () => {
    const { asker, questions, received, move } = scene();
    asker.follow(1);
    await follows();
    move(5);
    expect(questions.map(({ z }) => z)).toEqual([0, 5]);
    await questions[1]?.answer();
    await questions[0]?.answer(); // late, and of the point before
    expect(received).toEqual([5]);
    asker.dispose();
  });

  it("has one question of a person's under way, and then asks for the newest point", async () => {
    const { asker, questions, received, move } = scene();
    for (const z of [1, 2, 3]) move(z);
    expect(questions.map(({ z }) => z)).toEqual([1]);
    await questions[0]?.answer();
    await questions[1]?.answer();
    expect(received).toEqual([1, 3]);
    expect(questions).toHaveLength(2);
    asker.dispose();
  });
});
