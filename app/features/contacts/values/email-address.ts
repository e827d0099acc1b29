export type EmailReading = { ok: true; value: string } | { ok: false; reason: string };

/** RFC 5321's limit. */
const MAX_LENGTH = 254;

function domainProblem(domain: string): string | null {
  if (domain === "") return "There is nothing after the @.";
  if (!domain.includes(".")) return "The part after the @ has no dot: it should be like “okafor.example”.";
  const labels = domain.split(".");
  if (labels.some((label) => !/^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u.test(label))) {
    return "The part after the @ is not a proper domain.";
  }
  return null;
}

/** Control and formatting characters: nobody sees them, and they can turn an address round. */
function unfitProblem(address: string): string {
  return /\s/.test(address)
    ? "This email address has a space in it."
    : "This email address has an invisible character in it. Type it anew.";
}

function problemOf(address: string): string | null {
  if (address.length > MAX_LENGTH) return "This is too long for an email address.";
  const signs = address.split("@").length - 1;
  if (signs === 0) return "This email address has no @ sign.";
  if (signs > 1) return "This email address has more than one @ sign.";
  if (/[\s\p{C}]/u.test(address)) return unfitProblem(address);
  const [local = "", domain = ""] = address.split("@");
  if (local === "") return "There is nothing before the @.";
  if (/[",;:<>()[\]\\]/.test(local) || /^\.|\.$|\.\./.test(local)) return "The part before the @ is not proper.";
  return domainProblem(domain);
}

/** A link that writes to it and to nobody else: `?` and `&` are proper in an address, and would begin further headers. */
export function emailHref(address: string): string {
  return `mailto:${address.split("@").map(encodeURIComponent).join("@")}`;
}

/** An email address as it is stored: as typed, without `mailto:` and without the name around `<…>`. */
export function readEmail(text: string): EmailReading {
  const inner = /^[^<>]{0,200}<([^<>]+)>$/.exec(text.trim())?.[1] ?? text;
  const address = inner
    .normalize("NFC")
    .trim()
    .replace(/^mailto:/i, "");
  const problem = problemOf(address);
  return problem ? { ok: false, reason: problem } : { ok: true, value: address };
}
