/**
 * Reads a domain's SPF record as RFC 7208 has it, with those it includes: whether it is written properly and whether it asks for
 * more look-ups than a mail server makes. Whom it lets send is not decided here.
 */

/** The TXT records of a name, each as one text; throws when that cannot be known. */
export type SpfLook = (name: string) => Promise<string[]>;

export interface SpfReading {
  /** Null where there is none. */
  record: string | null;
  /** A sentence; null when nothing is wrong. */
  problem: string | null;
}

/** RFC 7208, 4.6.4: what asks the DNS more often is a permanent error. */
const MOST_LOOKUPS = 10;

interface Count {
  lookups: number;
}

export async function readSpf(domain: string, look: SpfLook): Promise<SpfReading> {
  const records = await spfRecords(domain, look);
  const [record = null] = records;
  if (records.length > 1) {
    const problem = `${domain} has ${records.length} SPF records, and then none of them counts. Put them together into one.`;
    return { record, problem };
  }
  return { record, problem: record === null ? null : await problemOf(record, domain, { look, count: { lookups: 0 } }) };
}

async function spfRecords(domain: string, look: SpfLook): Promise<string[]> {
  return (await look(domain)).filter((text) => /^v=spf1(?: |$)/i.test(text));
}

interface Reading {
  look: SpfLook;
  count: Count;
}

async function problemOf(record: string, domain: string, reading: Reading): Promise<string | null> {
  const terms = record.trim().split(/ +/).slice(1);
  const wrong = terms.find((term) => !isTerm(term));
  if (wrong !== undefined) return `The SPF record of ${domain} has a part that is not proper: “${wrong.slice(0, 60)}”.`;
  if (terms.some((term) => /^\+?all$/i.test(term))) {
    return `The SPF record of ${domain} lets anybody send in its name (+all). Write ~all or -all.`;
  }
  for (const term of terms) {
    const problem = await termProblem(term, domain, reading);
    if (problem) return problem;
  }
  return null;
}

async function termProblem(term: string, domain: string, reading: Reading): Promise<string | null> {
  const asks = /^[+?~-]?(include|a|mx|ptr|exists)(?=[:/]|$)|^(redirect)=/i.exec(term);
  if (!asks) return null;
  reading.count.lookups += 1;
  if (reading.count.lookups > MOST_LOOKUPS) {
    return `The SPF record of ${domain}, with all it includes, asks for more than ${MOST_LOOKUPS} look-ups, and then it does not count. Take out services that you no longer use.`;
  }
  const target = /^(?:[+?~-]?include:|redirect=)(.+)$/i.exec(term)?.[1];
  return target && !target.includes("%")
    ? includedProblem(target.replace(/\.$/, "").toLowerCase(), domain, reading)
    : null;
}

/** A record that is included has to be there (RFC 7208, 5.2). What includes itself runs into the limit. */
async function includedProblem(target: string, domain: string, reading: Reading): Promise<string | null> {
  const records = await spfRecords(target, reading.look);
  const [record] = records;
  if (record === undefined) return `The SPF record of ${domain} includes ${target}, which has none.`;
  if (records.length > 1) return `The SPF record of ${domain} includes ${target}, which has ${records.length}.`;
  return problemOf(record, target, reading);
}

const domainSpec = "[A-Za-z0-9_%{}.+\\-/=,]{1,253}";
const terms = [
  /^[+?~-]?all$/i,
  new RegExp(`^[+?~-]?(?:include|exists):${domainSpec}$`, "i"),
  new RegExp(`^[+?~-]?(?:a|mx)(?::${domainSpec})?(?:/\\d{1,2})?(?://\\d{1,3})?$`, "i"),
  new RegExp(`^[+?~-]?ptr(?::${domainSpec})?$`, "i"),
  /^[+?~-]?ip4:(?:\d{1,3}\.){3}\d{1,3}(?:\/(?:[0-9]|[12]\d|3[0-2]))?$/i,
  /^[+?~-]?ip6:[0-9a-f:.]{2,45}(?:\/(?:\d{1,2}|1[01]\d|12[0-8]))?$/i,
  new RegExp(`^[A-Za-z][A-Za-z0-9._-]*=(?:${domainSpec})?$`, "i"),
];

/** A mechanism, or a modifier, known or not (RFC 7208, 12). */
function isTerm(term: string): boolean {
  return terms.some((pattern) => pattern.test(term));
}
