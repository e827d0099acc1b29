import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { checkSender, nameResolver, type SenderCheckName } from "~/features/campaigns/mailing/sender-checks.server";
import { type NameServer, startNameServer, type Zone } from "../../../../sandbox/dns/name-server";

let server: NameServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function look(
  zone: Zone,
  { selector = "post", address = "office@brandt.example" }: { selector?: string | null; address?: string } = {},
) {
  server = await startNameServer(zone);
  const checks = await checkSender(
    { address, selector },
    { resolver: nameResolver([server.address]), patienceMs: 1_500 },
  );
  return (name: SenderCheckName) => checks.find(({ check }) => check === name);
}

function dkimKey(bits = 2_048): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return publicKey.export({ format: "der", type: "spki" }).toString("base64");
}

const fine: Zone = {
  "brandt.example": ["google-site-verification=abc", "v=spf1 include:_spf.post.example ip4:192.0.2.0/24 mx ~all"],
  "_spf.post.example": ["v=spf1 ip6:2001:db8::/32 a:out.post.example -all"],
  "post._domainkey.brandt.example": [`v=DKIM1; k=rsa; p=${dkimKey()}`],
  "_dmarc.brandt.example": ["v=DMARC1; p=quarantine; rua=mailto:dmarc@brandt.example"],
};

test("a domain that says everything is there and fine", async () => {
  const check = await look(fine);
  for (const name of ["spf", "dkim", "dmarc"] as const)
    expect(check(name)).toMatchObject({ check: name, state: "fine" });
  expect(check("dmarc")?.sentence).toContain("put aside as suspicious");
});

test("a domain that says nothing is missing all three", async () => {
  const check = await look({});
  for (const name of ["spf", "dkim", "dmarc"] as const)
    expect(check(name)).toMatchObject({ state: "missing", record: null });
});

const includes = (count: number) => Array.from({ length: count }, (_, i) => `a:h${i}.example`).join(" ");

describe("SPF", () => {
  test.each<[string, Zone, string]>([
    ["two records", { "brandt.example": ["v=spf1 mx -all", "v=spf1 a -all"] }, "has 2 SPF records"],
    ["a part that is none", { "brandt.example": ["v=spf1 include mx -all"] }, "not proper: “include”"],
    ["an address that is none", { "brandt.example": ["v=spf1 ip4:192.0.2.0/40 -all"] }, "not proper"],
    ["a word of another kind", { "brandt.example": ["v=spf1 ipv4:192.0.2.1 -all"] }, "not proper"],
    ["leave for everybody", { "brandt.example": ["v=spf1 +all"] }, "lets anybody send"],
    ["eleven look-ups", { "brandt.example": [`v=spf1 ${includes(11)} -all`] }, "more than 10 look-ups"],
    [
      "eleven with what it includes",
      {
        "brandt.example": [`v=spf1 ${includes(5)} include:x.example -all`],
        "x.example": [`v=spf1 ${includes(5)} -all`],
      },
      "more than 10 look-ups",
    ],
    ["an include of itself", { "brandt.example": ["v=spf1 include:brandt.example -all"] }, "more than 10 look-ups"],
    [
      "an include of nothing",
      { "brandt.example": ["v=spf1 include:x.example -all"] },
      "includes x.example, which has none",
    ],
  ])("with %s is wrong", async (_, zone, words) => {
    const check = await look(zone);
    expect(check("spf")).toMatchObject({ state: "wrong", sentence: expect.stringContaining(words) });
    expect(server?.asked.filter((name) => !name.startsWith("_") && !name.startsWith("post.")).length).toBeLessThan(13);
  });

  test("with ten look-ups, a redirect and words that are not known yet is fine", async () => {
    const check = await look({
      "brandt.example": [`v=spf1 ${includes(9)} future=x redirect=x.example`],
      "x.example": ["V=SPF1 ?all"],
    });
    expect(check("spf")?.state).toBe("fine");
  });

  test("longer than one string is read as one text", async () => {
    const many = Array.from({ length: 30 }, (_, i) => `ip4:192.0.2.${i}`).join(" ");
    expect((await look({ "brandt.example": [`v=spf1 ${many} -all`] }))("spf")?.state).toBe("fine");
  });
});

describe("DKIM", () => {
  const at = "post._domainkey.brandt.example";
  test.each<[string, string[], string]>([
    ["no key", ["v=DKIM1; k=rsa"], "no key in it"],
    ["a key that was withdrawn", ["v=DKIM1; p="], "withdrawn"],
    ["a key that was cut", [`v=DKIM1; p=${dkimKey().slice(0, 200)}`], "cannot be read"],
    ["a key that is too short", [`v=DKIM1; p=${dkimKey(512)}`], "too short (512 bits)"],
    ["a kind nobody knows", ["v=DKIM1; k=dsa; p=abcd"], "of a kind that nobody knows"],
    ["something else", ["hello"], "not a proper DKIM key"],
    ["two records", ["p=abcd", "p=abcd"], "2 records"],
  ])("with %s is wrong", async (_, texts, words) => {
    const check = await look({ [at]: texts });
    expect(check("dkim")).toMatchObject({ state: "wrong", sentence: expect.stringContaining(words) });
  });

  test("with an Ed25519 key is fine", async () => {
    const check = await look({ [at]: [`v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 7).toString("base64")}`] });
    expect(check("dkim")?.state).toBe("fine");
  });

  test.each([null, "a b", "../x"])("with selector %j cannot be looked up, and is not asked for", async (selector) => {
    const check = await look(fine, { selector });
    expect(check("dkim")?.state).toBe("not-known");
    expect(server?.asked.some((name) => name.includes("_domainkey"))).toBe(false);
  });
});

describe("DMARC", () => {
  test.each<[string, string[], string]>([
    ["two records", ["v=DMARC1; p=none", "v=DMARC1; p=reject"], "none of them counts"],
    ["no policy", ["v=DMARC1; rua=mailto:a@b.example"], "says no policy"],
    ["a policy that does not exist", ["v=DMARC1; p=maybe"], "does not exist"],
    ["a tag twice", ["v=DMARC1; p=none; p=reject"], "not written properly"],
  ])("with %s is wrong", async (_, texts, words) => {
    const check = await look({ "_dmarc.brandt.example": texts });
    expect(check("dmarc")).toMatchObject({ state: "wrong", sentence: expect.stringContaining(words) });
  });

  test("of the domain above counts, with its policy for what is below", async () => {
    const check = await look(
      { "_dmarc.brandt.example": ["v=DMARC1; p=none; sp=reject"] },
      { address: "x@news.BRANDT.example" },
    );
    expect(check("dmarc")).toMatchObject({ state: "fine", sentence: expect.stringContaining("are to be refused") });
  });
});

describe("a name server that", () => {
  test.each(["refused", "server-failure", "silent"] as const)(
    "answers with %s leaves it not known, in time",
    async (how) => {
      const began = performance.now();
      const check = await look({
        "brandt.example": how,
        "post._domainkey.brandt.example": how,
        "_dmarc.brandt.example": how,
      });
      expect(performance.now() - began).toBeLessThan(2_500);
      for (const name of ["spf", "dkim", "dmarc"] as const) {
        expect(check(name)).toMatchObject({
          state: "not-known",
          sentence: expect.stringContaining("could not be looked up"),
        });
      }
    },
  );

  test("knows one and not the other is believed in what it knows", async () => {
    const check = await look({ ...fine, "_spf.post.example": "server-failure" });
    expect([check("spf")?.state, check("dmarc")?.state]).toEqual(["not-known", "fine"]);
  });
});

test("an address without a domain asks nobody", async () => {
  const check = await look(fine, { address: "office" });
  expect(check("spf")?.state).toBe("not-known");
  expect(server?.asked).toEqual([]);
});

test("a name in another script is asked for as the DNS has it", async () => {
  await look({}, { address: "büro@bäckerei.example" });
  expect(server?.asked).toContain("xn--bckerei-5wa.example");
});

test("whatever stands in the DNS, it is an answer and no error", async () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          "v=spf1",
          "v=DMARC1;",
          "v=DKIM1;",
          " ",
          "include:",
          "p=",
          "all",
          ";",
          "=",
          "%{i}",
          "mx",
          "x.example",
        ),
      )
      .map((parts) => parts.join("")),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 3 }), async (texts) => {
      const resolver = { resolveTxt: () => Promise.resolve(texts.map((each) => [each])) };
      const checks = await checkSender(
        { address: "a@brandt.example", selector: "post" },
        { resolver: resolver as never },
      );
      expect(checks.every(({ sentence }) => sentence.endsWith("."))).toBe(true);
    }),
  );
});
