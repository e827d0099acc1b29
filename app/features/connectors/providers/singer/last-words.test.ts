import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { lastWords, redacted } from "~/features/connectors/providers/singer/last-words";

/** What is told of what it said. */
async function told(said: string, secret: readonly string[]): Promise<string | null> {
  const stderr = new PassThrough();
  const words = lastWords(stderr);
  stderr.end(said);
  await new Promise((resolve) => stderr.once("end", resolve));
  return words.told(secret);
}

const keyLines = Array.from({ length: 26 }, (_, n) => `${"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".repeat(2)}${n}`);
const privateKey = ["-----BEGIN PRIVATE KEY-----", ...keyLines, "-----END PRIVATE KEY-----", ""].join("\n");

test("a value that is longer than what is told is hidden as a whole, wherever the line was cut", async () => {
  const long = "k7Qx".repeat(500);
  expect(await told(`CRITICAL refused: ${long}`, [long])).toBe("CRITICAL refused: •••");
  // Hidden values make room for what stood far behind.
  expect(await told(`CRITICAL ${`${long} `.repeat(9)}and ${long}`, [long])).toBe(`CRITICAL ${"••• ".repeat(9)}and •••`);
  const cut = `CRITICAL ${`${long} `.repeat(20)}`;
  expect(await told(cut, [long])).not.toContain("k7Qx");
});

test("of a value with several lines none is told by itself", async () => {
  const said = await told(`CRITICAL could not read the key ${keyLines[3]}`, [privateKey]);
  expect(said).toBe("CRITICAL could not read the key •••");
  expect(redacted(keyLines.slice(0, 2).join(" "), [privateKey.replaceAll("\n", "\r\n")])).toBe("••• •••");
});

test("what only looks like the line of a value stays", async () => {
  const config = '{\n  "key": "9f3c9f3c9f3c"\n}';
  expect(await told("CRITICAL unexpected } in the answer", [config])).toBe("CRITICAL unexpected } in the answer");
});
