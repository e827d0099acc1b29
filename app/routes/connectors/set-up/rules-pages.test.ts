/** How what is read is written, and when a run stops and asks. */
import { describe, expect, test } from "vitest";
import { databases } from "~/testing/databases";
import { type Fields, leadsTo, walkInEach } from "~/testing/set-up-walk";

describe.each(databases)("how it is written, on %s", (engine) => {
  const walk = walkInEach(engine);
  const { setUp, version, look, send, mapped } = walk;

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
    const late = await walk.house.post(walk.id, "rules", [before, ...rules()]);
    expect([late.status, late.text.includes("Somebody else has changed")]).toEqual([422, true]);
    expect(late.text).toMatch(/It says now: New contacts are added; .*It asks above 5 %, and from 10 records on\./);
  });
});
