/** What is wrong with a DKIM key (RFC 6376, 3.6.1) or a DMARC record (RFC 7489, 6.3), if anything. Pure. */
import { createPublicKey } from "node:crypto";

type Tags = ReadonlyMap<string, string>;

/** `v=DKIM1; k=rsa; p=…` in order; null where it is no such list or a tag stands twice. */
function readTags(record: string): Tags | null {
  const tags = new Map<string, string>();
  for (const part of record.split(";").map((each) => each.trim())) {
    if (part === "") continue;
    const [, name, value] = /^([A-Za-z]\w*)\s*=\s*([^]*)$/.exec(part) ?? [];
    if (!name || value === undefined || tags.has(name)) return null;
    tags.set(name, value.trim());
  }
  return tags;
}

const SMALLEST_RSA = 1_024;

export function dkimProblem(record: string, name: string): string | null {
  const tags = readTags(record);
  if (!tags || (tags.has("v") && !startingWith("v=DKIM1", tags)))
    return `The record at ${name} is not a proper DKIM key.`;
  const key = tags.get("p")?.replace(/\s+/g, "");
  if (key === undefined) return `The record at ${name} has no key in it (p=).`;
  if (key === "") return `The key at ${name} has been withdrawn (p= is empty).`;
  return keyProblem(tags.get("k") ?? "rsa", key, name);
}

function keyProblem(type: string, key: string, name: string): string | null {
  const broken = `The key at ${name} cannot be read: it may have been cut when it was copied.`;
  if (type === "ed25519") return Buffer.from(key, "base64").length === 32 ? null : broken;
  if (type !== "rsa") return `The key at ${name} is of a kind that nobody knows (k=${type.slice(0, 20)}).`;
  const bits = rsaBits(key);
  if (bits === null) return broken;
  return bits < SMALLEST_RSA ? `The key at ${name} is too short (${bits} bits): mail services do not trust it.` : null;
}

/** Null when it is no RSA key. RFC 6376 has it as SubjectPublicKeyInfo; some publish the bare key. */
function rsaBits(base64: string): number | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  const key = Buffer.from(base64, "base64");
  for (const type of ["spki", "pkcs1"] as const) {
    try {
      return createPublicKey({ key, format: "der", type }).asymmetricKeyDetails?.modulusLength ?? null;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  return null;
}

function startingWith(version: string, tags: Tags | null): Tags | null {
  return tags && [...tags][0]?.join("=") === version ? tags : null;
}

const policies = new Set(["none", "quarantine", "reject"]);

export function readDmarc(
  records: readonly string[],
  { name, isParent }: { name: string; isParent: boolean },
): { problem: string | null; policy: string } {
  const refused = (problem: string) => ({ problem, policy: "" });
  if (records.length > 1)
    return refused(`${name} has ${records.length} DMARC records, and then none of them counts. Leave one.`);
  const tags = startingWith("v=DMARC1", readTags(records[0] ?? ""));
  if (!tags) {
    return refused(`The DMARC record of ${name} is not written properly.`);
  }
  const own = tags.get("p");
  if (own === undefined) {
    return refused(`The DMARC record of ${name} says no policy (p=none, p=quarantine or p=reject).`);
  }
  const below = isParent ? tags.get("sp") : null;
  const policy = (below ?? own).toLowerCase();
  if (policies.has(own.toLowerCase()) && policies.has(policy)) return { problem: null, policy };
  return refused(`The DMARC record of ${name} has a policy that does not exist. It is none, quarantine or reject.`);
}
