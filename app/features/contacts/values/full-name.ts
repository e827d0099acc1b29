/**
 * A full name parted into given and family name, where that is sure; else null, and the name stays as it was written.
 * Pure. What is never parted: a business, a household, a single word, a script whose order the name does not tell.
 */

export interface PartedName {
  givenName: string;
  familyName: string;
  /** It has a title before it or letters behind it: as it was written it says more than its parts. */
  hasMore: boolean;
}

/** What a business puts behind its name. Some of them are words or names, too: those only count at the end. */
const legalForm =
  /(?:^|[\s,.(])(?:inc|ltd|llc|llp|plc|pty|gmbh|mbh|ohg|gbr|kgaa|sarl|s\.a\.r\.l|eurl|srl|s\.r\.l|s\.p\.a|sp\. z o\.o|vof|oyj|aps|kft|sro|limited|corp|corporation|incorporated)\.?(?=$|[\s,.)])|[\s,.](?:ag|kg|ug|e\.? ?v|se|s\.?a|sas|s\.?l|b\.?v|n\.?v|ab|oy|a\/s)\.?$/iu;
/** Words that hardly anybody but a business has in its name. */
const business =
  /(?:^|[\s,.(])(?:company|residents|tenants|friends|family|familie|neighbours|members|cie|holding|holdings|group|gruppe|partners|associates|foundation|stiftung|trust|charity|verein|school|schule|college|university|universität|church|club|society|association|institute|bank|hotel|restaurant|studio|studios|services|solutions|systems|consulting|council|committee|estate|nachlass|team|office|büro|kanzlei|praxis|apotheke|bakery|bäckerei|shop|store|garage|clinic|klinik|hospital|museum|library|agency|agentur|media|books|press|ceramics|cleaning|catering|logistics|engineering|construction|holzbau|bau)\.?(?=$|[\s,.)])/iu;
const symbols = /[&+/@#%\d"“”„«»:;_*<>=]| (?:and|und|et|y|e|en|i) /iu;
const dotted = /(?:^|\s)(?:[a-z]\.){2,}(?:$|\s)/i;

/** Scripts that put the family name first, often without a space: the order in a list is anybody's guess. */
const eastern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const titles =
  /^(?:(?:sir|dame|lady|lord|rev|revd|dr|prof|professor|doctor|ing|hon|capt|sgt|judge)\.?|(?:dipl|mag|med|jur|phil|nat|rer|h\.c|don|col|maj)\.(?:-\p{L}+\.?)?)$/iu;
/** What everybody is called in a letter is no part of a name. */
const courtesy = /^(?:mr|mrs|ms|miss|mx|herr|frau|hr|fr|m|mme|mlle|monsieur|madame|sr|sra|srta|sig|dhr|mevr)\.?$/i;
const suffixes =
  /^(?:jr|sr|jnr|snr|junior|senior|ii|iii|iv|phd|md|mba|msc|bsc|ba|ma|llm|llb|esq|obe|mbe|cbe|kc|qc|cpa|dds|rn|ret|frcs|mp)\.?$/i;

/** What stands before a family name and belongs to it. */
const particles = new Set(
  "van von de der den del della di da do dos das du la le las los ten ter te zu zum zur vom af av al el bin ibn ben bint abu dalla dello degli dei lo mac mc st saint san santa d' l' het 't op in 'd y e".split(
    " ",
  ),
);

const MOST_LETTERS = 80;
/** Where a name of three words is as likely one given and two family names. */
const doubled = new Set("ES MX AR CO CL PE VE EC GT CU BO DO HN PY SV NI CR PA UY PR PT BR".split(" "));
/** Where the family name is written first, or may be. */
const familyFirst = new Set("CN TW HK MO JP KR KP VN HU SG KH".split(" "));
/** Family names that are nearly always written first. */
const firstFamilies = /^(?:nguyen|nguyễn|trần|phạm|huỳnh|zhang|zhao|huang|zhou)$/i;

/** @param country ISO 3166-1 alpha-2: where the list is at home */
export function partFullName(text: string, country: string): PartedName | null {
  const name = text.trim().replace(/\s+/g, " ");
  if (name.length > MOST_LETTERS || looksLikeBusiness(name) || eastern.test(name)) return null;
  const pieces = name.split(",").map((piece) => piece.trim());
  if (pieces.some((piece) => piece === "")) return null;
  const [first = "", ...more] = pieces;
  const letters = more.filter(isLetters);
  const others = more.filter((piece) => !isLetters(piece));
  if (others.length > 1) return null;
  const [given] = others;
  const parted = given === undefined ? inOrder(first, country) : reversed(first, given);
  return parted && { ...parted, hasMore: parted.hasMore || letters.length > 0 };
}

/** Whether it ends as businesses' names do. */
export function hasLegalForm(name: string): boolean {
  return legalForm.test(name);
}

/** Whether it may be anything but one person's name: a legal form, an ampersand, a figure. */
function looksLikeBusiness(name: string): boolean {
  return symbols.test(name) || dotted.test(name) || business.test(name) || legalForm.test(name);
}

function isLetters(piece: string): boolean {
  return piece.split(" ").every((word) => suffixes.test(word.replaceAll(".", "")));
}

/** "Adebayo, Folasade" */
function reversed(familyName: string, given: string): PartedName | null {
  const words = given.split(" ").filter((word) => !courtesy.test(word));
  const kept = words.filter((word) => !titles.test(word) && !suffixes.test(word));
  if (kept.length === 0 || kept.length > 3 || familyName.split(" ").length > 4) return null;
  if (!isName(kept) || !isName(familyName.split(" "))) return null;
  return { givenName: kept.join(" "), familyName, hasMore: kept.length < words.length };
}

/** "Dr Maria de la Cruz Jr" */
function inOrder(text: string, country: string): PartedName | null {
  const all = text.split(" ");
  const words = courtesy.test(all[0] ?? "") ? all.slice(1) : all;
  const kept = withoutTitles(words);
  const at = familyStart(kept, country);
  if (at === null || !isName(kept)) return null;
  return {
    givenName: kept.slice(0, at).join(" "),
    familyName: kept.slice(at).join(" "),
    hasMore: kept.length < words.length,
  };
}

function withoutTitles(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !titles.test(word));
  const end = words.findLastIndex((word) => !suffixes.test(word)) + 1;
  return start < 0 ? [] : words.slice(start, end);
}

/** Where the family name begins: at its first particle, else at the last word. Null: nobody can tell. */
function familyStart(words: readonly string[], country: string): number | null {
  const [first = ""] = words;
  if (words.length < 2 || words.length > 6 || isParticle(first) || isFamilyFirst(first, country)) return null;
  const particle = words.slice(0, -1).findIndex((word, at) => at > 0 && isParticle(word));
  if (particle > 0) return particle;
  return isLastTold(words, country) ? words.length - 1 : null;
}

function isLastTold([, second = "", ...more]: readonly string[], country: string): boolean {
  return more.length === 0 || (more.length === 1 && (isInitial(second) || !doubled.has(country)));
}

function isFamilyFirst(first: string, country: string): boolean {
  return familyFirst.has(country) || firstFamilies.test(first);
}

function isInitial(word: string): boolean {
  return /^\p{L}\.?$/u.test(word);
}

/** "Al" and "Ben" begin many a given name, and "Mac" too: within a name they are particles when written small. */
function isParticle(word: string): boolean {
  return (
    particles.has(word.toLowerCase()) &&
    (word === word.toLowerCase() || !/^(?:al|el|ben|san|mac|e|y|in|st)$/i.test(word))
  );
}

/** Words of letters, each a name's: no "unknown", no lower-case sentence. */
function isName(words: readonly string[]): boolean {
  return (
    words.every((word) => /^[\p{L}\p{M}][\p{L}\p{M}.'’-]*$/u.test(word) || word === "'t") &&
    words.some((word) => !isParticle(word))
  );
}
