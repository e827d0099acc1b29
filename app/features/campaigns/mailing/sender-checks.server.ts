/**
 * Whether the domain that mails come from says who may send for it: SPF (RFC 7208), DKIM (RFC 6376, 8463) and DMARC
 * (RFC 7489), looked up in the DNS. It tells what stands there; whether the mail server is among those who may is for a test mail
 * to show.
 */
import { Resolver } from "node:dns/promises";
import { domainToASCII } from "node:url";
import { dkimProblem, readDmarc } from "~/features/campaigns/mailing/sender-records";
import { readSpf, type SpfLook } from "~/features/campaigns/mailing/spf";
import { SECOND_MS } from "~/platform/time";

export type SenderCheckName = "spf" | "dkim" | "dmarc";

export interface SenderCheck {
  check: SenderCheckName;
  /** `not-known`: it could not be looked up, which says nothing for or against. */
  state: "fine" | "missing" | "wrong" | "not-known";
  /** One sentence that says what to do, where there is something. */
  sentence: string;
  /** What stands in the DNS, where something does. */
  record: string | null;
}

/** What a resolver has to know. Its own time-outs may be longer. */
export type TxtResolver = Pick<Resolver, "resolveTxt">;

/** @param servers `192.0.2.1:53`; none: those of this machine */
export function nameResolver(servers: readonly string[] = []): TxtResolver {
  const resolver = new Resolver({ timeout: SECOND_MS, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

/** For one check, all its look-ups together. */
const PATIENCE_MS = 3 * SECOND_MS;

/** Thrown inside a check; comes out as `not-known`. */
class NotLookedUp extends Error {
  override name = "NotLookedUp";
}

/**
 * @param address mails are from
 * @param selector of DKIM; null where nobody has said it, since it can be looked up by its name only
 */
export async function checkSender(
  { address, selector }: { address: string; selector: string | null },
  { resolver, patienceMs = PATIENCE_MS }: { resolver: TxtResolver; patienceMs?: number },
): Promise<SenderCheck[]> {
  const domain = domainOf(address);
  if (!domain)
    return (["spf", "dkim", "dmarc"] as const).map((check) => notKnown(check, "The sender's address has no domain."));
  const look = lookIn(resolver);
  const inTime = (check: SenderCheckName, work: Promise<SenderCheck>) => within(patienceMs, check, work);
  return Promise.all([
    inTime("spf", checkSpf(domain, look)),
    inTime("dkim", checkDkim(domain, { selector, look })),
    inTime("dmarc", checkDmarc(domain, look)),
  ]);
}

function domainOf(address: string): string | null {
  const ascii = domainToASCII(address.slice(address.lastIndexOf("@") + 1).trim()).toLowerCase();
  return address.includes("@") && /^(?=.{3,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/.test(ascii) ? ascii : null;
}

function notKnown(check: SenderCheckName, why: string): SenderCheck {
  return { check, state: "not-known", sentence: `${names[check]} could not be looked up. ${why}`, record: null };
}

const names: Record<SenderCheckName, string> = { spf: "SPF", dkim: "DKIM", dmarc: "DMARC" };

async function within(patienceMs: number, check: SenderCheckName, work: Promise<SenderCheck>): Promise<SenderCheck> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SenderCheck>((resolve) => {
    timer = setTimeout(() => resolve(notKnown(check, "The name server did not answer in time.")), patienceMs);
  });
  const answer = work.catch((error: unknown) => {
    if (error instanceof NotLookedUp) return notKnown(check, error.message);
    throw error;
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** The TXT records of a name, each as one text; none where there is no such name. */
function lookIn(resolver: TxtResolver): SpfLook {
  return async (name) => {
    try {
      return (await resolver.resolveTxt(name)).map((strings) => strings.join(""));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (code === "ENODATA" || code === "ENOTFOUND") return [];
      if (/^E[A-Z]+$/.test(code)) throw new NotLookedUp("The name server gave no answer. Try again later.");
      throw error;
    }
  };
}

async function checkSpf(domain: string, look: SpfLook): Promise<SenderCheck> {
  const { record, problem } = await readSpf(domain, look);
  if (problem) return { check: "spf", state: "wrong", sentence: problem, record };
  if (record === null) {
    const sentence = `${domain} has no SPF record, so mail servers cannot tell who may send for it. Add one that names your mail service.`;
    return { check: "spf", state: "missing", sentence, record };
  }
  return { check: "spf", state: "fine", sentence: `${domain} says who may send for it.`, record };
}

async function checkDkim(
  domain: string,
  { selector, look }: { selector: string | null; look: SpfLook },
): Promise<SenderCheck> {
  if (!selector) return notKnown("dkim", "The name of the key (the selector) is not set; your mail service tells it.");
  if (!/^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/i.test(selector))
    return notKnown("dkim", "The selector is not a proper name.");
  const name = `${selector}._domainkey.${domain}`;
  const records = await look(name);
  if (records.length === 0) {
    const sentence = `There is no key at ${name}, so mails cannot be shown to be yours. Add the record that your mail service gives you.`;
    return { check: "dkim", state: "missing", sentence, record: null };
  }
  const [record = ""] = records;
  const problem =
    records.length > 1
      ? `There are ${records.length} records at ${name}; there may be one only.`
      : dkimProblem(record, name);
  if (problem) return { check: "dkim", state: "wrong", sentence: problem, record };
  return { check: "dkim", state: "fine", sentence: `There is a key at ${name}.`, record };
}

/** As deep as names are looked for above the domain. */
const MOST_PARENTS = 5;

/**
 * At the domain, else above it, where the organisation's own may stand. RFC 7489 goes there by a list of public suffixes; going up
 * name by name finds the same wherever no registry has a record of its own, and needs no list to be kept.
 */
async function checkDmarc(domain: string, look: SpfLook): Promise<SenderCheck> {
  const labels = domain.split(".");
  for (let i = 0; i < labels.length - 1 && i <= MOST_PARENTS; i += 1) {
    const name = labels.slice(i).join(".");
    const records = (await look(`_dmarc.${name}`)).filter((text) => /^v\s*=\s*DMARC1\b/i.test(text));
    if (records.length === 0) continue;
    const [record = ""] = records;
    const { problem, policy } = readDmarc(records, { name, isParent: i > 0 });
    if (problem) return { check: "dmarc", state: "wrong", sentence: problem, record };
    return { check: "dmarc", state: "fine", sentence: policySentence(domain, policy), record };
  }
  const sentence = `${domain} has no DMARC record. Large mail services ask for one of whoever writes to many: begin with v=DMARC1; p=none.`;
  return { check: "dmarc", state: "missing", sentence, record: null };
}

function policySentence(domain: string, policy: string): string {
  if (policy === "none")
    return `${domain} has a DMARC record; it asks for nothing to be done with forged mails (p=none).`;
  return `${domain} has a DMARC record: forged mails are to be ${policy === "reject" ? "refused" : "put aside as suspicious"}.`;
}
