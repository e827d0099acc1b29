import { type Right } from "~/features/accounts/rights";
import { type Example } from "~/testing/walk/examples";

/**
 * - a right: members whose role has it; other members are told so, to everybody else the account is not there
 * - `everybody`, `operator`, `signed in`, `at the start` (the same, but it leads to the sign-in page however far one
 *   has got with signing in), `visitor` (who is not signed in; others are sent on)
 * - `code`, `enrolling`: who is at this second step of signing in
 * - `nobody`: it answers everybody alike, with the status that stands beside it
 */
export type Who =
  Right | "everybody" | "operator" | "signed in" | "at the start" | "visitor" | "code" | "enrolling" | "nobody";

export interface Door {
  who: Who;
  /** The status for who may (one of these). */
  status: readonly number[];
}

export interface RouteRow {
  /** An address of it. For a layout that of a page in it. */
  path: (example: Example) => string;
  /** Frames pages: its loader is asked by itself only. */
  layout?: true;
  load?: Door;
  post?: Door;
  /** Whoever posts may lose their place by it. */
  leaves?: true;
  /** The fields of a right form. */
  form?: (example: Example) => Record<string, string>;
  /** The content of a right upload, in the place of fields. */
  upload?: string;
  /** Query strings with a record's id in them. */
  searches?: (example: Example) => string[];
  /** Which ids of the example the address, the form and the query strings name. */
  ids?: readonly (keyof Example)[];
}

export const may = (who: Who, status: number | number[] = 200): Door => ({ who, status: [status].flat() });
export const noPage = may("nobody", 405);

export const within = (rest: string) => (example: Example) => `/${example.slug}${rest}`;
export const at = (path: string) => () => path;
