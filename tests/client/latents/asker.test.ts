/** Questions about points that a person moves: a person's is never behind one that only follows training, and the newest answer counts. */
import { describe, expect, it } from "vitest";
import { createAsker } from "../../../src/client/latents/asker";

/** Nothing waits for a picture. */
const withPicture = (run: () => void) => {
  run();
  return () => {};
};

/** An asker whose questions wait until the test answers them. */
function scene() {
  let latent = Float32Array.of(0);
  const questions: { readonly z: number; readonly answer: () => Promise<void> }[] = [];
  const received: number[] = [];
  const asker = createAsker({
    points: () => latent,
    followMs: 100,
    followShare: 0,
    request: (z) =>
      new Promise<{ z: number; milliseconds: number }>((resolve) => {
        const answer = async () => {
          resolve({ z: z[0] ?? Number.NaN, milliseconds: 1 });
          await new Promise((later) => setTimeout(later));
        };
        questions.push({ z: z[0] ?? Number.NaN, answer });
      }),
    receive: (answer) => received.push(answer.z),
    withPicture,
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

  it("asks nothing while there is nothing to ask about", async () => {
    const asked: number[] = [];
    const asker = createAsker({
      points: () => new Float32Array(0),
      followMs: 0,
      followShare: 0,
      async request(points) {
        asked.push(points.length);
        return { milliseconds: 0 };
      },
      receive: () => {},
      withPicture,
    });
    asker.ask();
    asker.follow(1);
    await follows();
    expect(asked).toEqual([]);
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
