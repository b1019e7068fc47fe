/** The single steps of a model and their keys. */
import { describe, expect, it } from "vitest";
import { MODEL_IDS, modelInfo } from "../../src/core/models";
import { shortcutsFor } from "../../src/ui/frame/shortcuts";
import { stepTurns } from "../../src/ui/frame/step-turns";

describe("single steps", () => {
  it("are each player's turn and all of them, by their letters", () => {
    expect(stepTurns(modelInfo("gan")).map(({ text, key }) => `${text} ${key}`)).toEqual(["D d", "G g", "both b"]);
  });

  it("are whole steps where there is one player", () => {
    expect(stepTurns(modelInfo("vae")).map(({ text, player }) => `${text} ${player}`)).toEqual(["once all"]);
  });

  it("leave a letter to who has it first", () => {
    const gan = modelInfo("gan");
    const twice = { ...gan, players: { ...gan.players, other: { ...gan.players.generator, symbol: "D2" } } };
    expect(stepTurns(twice as typeof gan).map(({ key }) => key)).toEqual(["d", "g", null, "b"]);
    expect(stepTurns(gan, ["d"])[0]?.key).toBeNull();
  });

  it.each(MODEL_IDS)("of %s share no key with anything else", (id) => {
    const keys = shortcutsFor(modelInfo(id)).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
