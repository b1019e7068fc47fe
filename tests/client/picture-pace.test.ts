/** What is shown of training waits for a picture only while pictures come. */
import { describe, expect, it } from "vitest";
import { createPicturePace, type PagePart } from "../../src/client/picture-pace";

/** A pace on a clock of the test's. */
function scene() {
  let time = 0;
  const pace = createPicturePace(() => time);
  const shown: string[] = [];
  return {
    shown,
    picture: pace.picture,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    show: (what: string, part?: PagePart) => pace.withPicture(() => shown.push(what), part),
  };
}

describe("what follows training", () => {
  it("is shown at once where no pictures come, and after a single one", () => {
    const { shown, show, picture, pass } = scene();
    show("before any");
    picture();
    pass(10);
    show("after one");
    expect(shown).toEqual(["before any", "after one"]);
  });

  it("waits for the next of pictures that follow each other, all of it together, and no longer than they come", () => {
    const { shown, show, picture, pass } = scene();
    picture();
    pass(85);
    picture();
    pass(10);
    show("numbers");
    const takeBack = show("a chart that is gone");
    show("sample");
    takeBack();
    expect(shown).toEqual([]);
    pass(75);
    picture();
    expect(shown).toEqual(["numbers", "sample"]);
    pass(400); // paused
    show("at rest");
    expect(shown).toEqual(["numbers", "sample", "at rest"]);
  });

  it("is rendered a part a picture: those that wait longest first, all of a part together", () => {
    const { shown, show, picture, pass } = scene();
    picture();
    pass(85);
    picture();
    show("a chart", "chart 0");
    show("numbers", "numbers");
    show("another chart", "chart 1");
    show("more numbers", "numbers");
    show("a sample");
    const perPicture = [1, 2, 3, 4].map(() => {
      const before = shown.length;
      pass(85);
      picture();
      return shown.slice(before);
    });
    expect(perPicture).toEqual([["a sample", "a chart"], ["numbers", "more numbers"], ["another chart"], []]);
  });

  it("is shown though the picture that it waits for never comes", async () => {
    const { shown, show, picture, pass } = scene();
    picture();
    pass(85);
    picture();
    show("the last chart", "chart 0");
    show("the last numbers", "numbers");
    await expect.poll(() => shown).toEqual(["the last chart", "the last numbers"]);
  });
});
