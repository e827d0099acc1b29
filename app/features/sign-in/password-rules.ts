/**
 * Which passwords are accepted (NIST SP 800-63B-4, OWASP ASVS 5.0 6.2): long enough, not common, not made of words that
 * anybody would try first. No rules about kinds of characters, no forced change.
 */

/** Characters, where the password is the only factor. */
export const MIN_PASSWORD = 15;
/** Characters, for who also has a second factor. */
export const MIN_PASSWORD_WITH_SECOND_FACTOR = 12;
/** Far above any passphrase; only there so that nobody sends a book. */
export const MAX_PASSWORD = 1_000;

export type PasswordProblem = "too-short" | "too-long" | "too-common" | "too-guessable";

export interface PasswordContext {
  hasSecondFactor: boolean;
  /** Names and addresses that an attacker knows: the person's, the firm's. */
  words: readonly string[];
  isCommon: (password: string) => boolean;
}

const product = ["tallybook", "password", "passwort", "welcome", "letmein", "qwerty", "admin"];
/** What is left after the known words must itself be worth something. */
const MIN_REST = 8;

/** The password's characters as people count them: an accented letter is one. */
export function passwordLength(password: string): number {
  return [...password.normalize("NFC")].length;
}

/** How many characters this person's password needs at least. */
export function minPasswordLength(hasSecondFactor: boolean): number {
  return hasSecondFactor ? MIN_PASSWORD_WITH_SECOND_FACTOR : MIN_PASSWORD;
}

/** How long, and why so long, beside the field for a new password. */
export function newPasswordHint(hasSecondFactor: boolean): string {
  const why = hasSecondFactor
    ? `${MIN_PASSWORD_WITH_SECOND_FACTOR} characters or more, as you also have a second factor; without one it is ${MIN_PASSWORD}.`
    : `${MIN_PASSWORD} characters or more, as it stands alone until a second factor is set up; beside one ${MIN_PASSWORD_WITH_SECOND_FACTOR} are enough.`;
  return `${why} Four or five words in a row are good; spaces are fine.`;
}

/** What is wrong with a new password, or null. */
export function passwordProblem(password: string, context: PasswordContext): PasswordProblem | null {
  const length = passwordLength(password);
  if (length > MAX_PASSWORD) return "too-long";
  if (length < minPasswordLength(context.hasSecondFactor)) return "too-short";
  const folded = password.normalize("NFKC").toLowerCase();
  if (context.isCommon(folded) || isRepetition(folded, context.isCommon) || isSequence(folded)) return "too-common";
  return isMostlyKnown(folded, context.words) ? "too-guessable" : null;
}

/** "abcabcabcabcabc", or a common password written several times. */
function isRepetition(text: string, isCommon: (password: string) => boolean): boolean {
  for (let unit = 1; unit <= text.length / 2; unit += 1) {
    const part = text.slice(0, unit);
    const whole = part.repeat(Math.ceil(text.length / unit)).slice(0, text.length);
    if (whole === text) return unit <= 6 || isCommon(part);
  }
  return false;
}

/** "abcdefghijklmnop", "987654321098765": each character follows the one before (9 and 0 are neighbours). */
function isSequence(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i += 1) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1);
    steps.add(Math.abs(step) === 9 ? -Math.sign(step) : step);
  }
  return steps.size === 1 && Math.abs([...steps][0] ?? 9) <= 1;
}

function isMostlyKnown(folded: string, words: readonly string[]): boolean {
  const known = [...product, ...words.flatMap(partsOf)].sort((a, b) => b.length - a.length);
  const rest = known.reduce((text, word) => text.replaceAll(word, " "), folded).replace(/[\d\s\p{P}\p{S}]+/gu, "");
  const hasKnown = known.some((word) => folded.includes(word));
  return hasKnown && [...rest].length < MIN_REST;
}

/** The words of a name or address that are long enough to be told from chance. */
function partsOf(text: string): string[] {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => part.length >= 4);
}

/** The problem in words that say what to do. */
export function passwordAdvice(problem: PasswordProblem, hasSecondFactor: boolean): string {
  switch (problem) {
    case "too-short":
      return `Use at least ${minPasswordLength(hasSecondFactor)} characters. Four or five words in a row make a good password.`;
    case "too-long":
      return `Use at most ${MAX_PASSWORD} characters.`;
    case "too-common":
      return "This password is on lists that attackers try first. Choose another, for example four or five unrelated words.";
    case "too-guessable":
      return "This password is made of your name, your address, your firm's name or this product's. Choose other words.";
  }
}
