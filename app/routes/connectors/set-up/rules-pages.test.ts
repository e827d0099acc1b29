/** How what is read is written, and when a run stops and asks. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { databases } from "~/testing/databases";
import { type SetUpHouse } from "~/testing/given-set-up";
import { type Fields, leadsTo, openSetUpWalk, type SetUpWalk } from "~/testing/set-up-walk";

describe.each(databases)("how it is written, on %s", (engine) => {
  let house: SetUpHouse;
  let id: string;
  let setUp: SetUpWalk["setUp"];
  let version: SetUpWalk["version"];
  let look: SetUpWalk["look"];
  let send: SetUpWalk["send"];
  let mapped: SetUpWalk["mapped"];
  let begin: SetUpWalk["begin"];

  beforeAll(async () => {
    ({ house, begin, setUp, version, look, send, mapped } = await openSetUpWalk(engine));
  });
  beforeEach(async () => {
    id = await begin();
  });
  afterAll(() => house.site.close());

  const rules = (more: Fields = []): Fields => [
    ["what", "fill"],
    ["match", "automatic"],
    ["rule:phones", "never"],
    ["askShare", "5"],
    ["askAtLeast", "10"],
    ...more,
  ];

  test("keeps what is written and the brakes, and goes on to when it runs", async () => {
    await mapped();
    const { text } = await look("rules");
    for (const words of ["How records are matched", "When a run stops and asks", "Step 4 of 6"]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain("By email");
    expect(leadsTo(await send("rules", rules()))).toBe("schedule");
    expect((await setUp()).rules).toEqual({
      writing: { what: "fill", match: "automatic", fields: { phones: "never" } },
      askShare: 5,
      askAtLeast: 10,
    });
  });

  test("refuses numbers that are none, and matching by what is not read, and keeps what was typed", async () => {
    await mapped();
    const wrong = [
      ["what", "both"],
      ["match", "email"],
      ["askShare", "a fifth"],
      ["askAtLeast", "0"],
    ] satisfies Fields;
    const refused = await send("rules", wrong);
    expect(refused.status).toBe(422);
    for (const words of [
      "Write the share, in per cent, as a whole number from 0 to 100.",
      "Write the least number of records as a whole number, 1 or more.",
      "That is so of the companies.",
      'value="a fifth"',
    ]) {
      expect(refused.text).toContain(words);
    }
    expect((await setUp()).rules.askShare).toBe(20);
    const before = await version();
    await send("rules", rules());
    const late = await house.post(id, "rules", [before, ...rules()]);
    expect([late.status, late.text.includes("Somebody else has changed")]).toEqual([422, true]);
    expect(late.text).toMatch(/It says now: New contacts are added; .*It asks above 5 %, and from 10 records on\./);
  });
});
