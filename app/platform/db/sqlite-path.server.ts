import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** With three slashes or a host it is a URL and percent-decoded; any other is a path as one would type it. */
const isUrl = (url: string) => /^file:\/\/(\/|localhost\/)/.test(url);

/** Absolute path of the file that a `file:…` means: `file:///a%20b`, `file:/a b`, or from the working folder `file:a b`. */
export function sqlitePath(url: string): string {
  return isUrl(url) ? fileURLToPath(url) : resolve(url.replace(/^file:(\/\/)?/, ""));
}

/** Whether it names a file and says nothing else: what follows a URL's `#` or `?` would be lost without a word. */
export function namesSqliteFile(url: string): boolean {
  if (!/^file:\/*[^/]/.test(url) || (isUrl(url) && /[?#]/.test(url))) return false;
  try {
    return sqlitePath(url) !== "";
  } catch {
    return false;
  }
}
