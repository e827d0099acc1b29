/** Questions in Salesforce's query language. Names and ids are checked, since they stand in it as they are. */

/** As many as Salesforce gives out at once. */
export const PAGE_SIZE = 2_000;
const SMALL_PAGE = 200;
/** Values in an answer: with more, it might be larger than anything that is taken in. */
const MOST_VALUES = 60_000;

export function pageSizeFor(fields: readonly string[]): number {
  return Math.min(PAGE_SIZE, Math.max(SMALL_PAGE, Math.floor(MOST_VALUES / fields.length)));
}

export interface Question {
  fields: readonly string[];
  type: string;
  /** All of them hold. */
  where: readonly string[];
  orderBy?: string;
  limit?: number;
}

export function soqlOf({ fields, type, where, orderBy, limit }: Question): string {
  const parts = [`SELECT ${fields.map(checkedName).join(", ")} FROM ${type}`];
  if (where.length > 0) parts.push(`WHERE ${where.join(" AND ")}`);
  if (orderBy !== undefined) parts.push(`ORDER BY ${orderBy}`);
  if (limit !== undefined) parts.push(`LIMIT ${limit}`);
  return parts.join(" ");
}

export function countOf(type: string, where: readonly string[]): string {
  return `SELECT COUNT() FROM ${type}${where.length > 0 ? ` WHERE ${where.join(" AND ")}` : ""}`;
}

/** "" is behind nobody. */
export function behindId(id: string): string[] {
  return id === "" ? [] : [`Id > ${quotedId(id)}`];
}

export function quotedId(id: string): string {
  if (!/^[a-zA-Z0-9]{15,18}$/.test(id)) throw new Error("This is no id of Salesforce.");
  return `'${id}'`;
}

/** Seconds since 1970 as a literal, which knows nothing smaller. */
export function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

export function isName(field: string): boolean {
  return /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)?$/.test(field);
}

function checkedName(field: string): string {
  if (!isName(field)) throw new Error("This is no name of a field of Salesforce.");
  return field;
}

/** An address longer than 16,384 bytes is refused, and what is between here and there may like less. */
const MOST_CHARACTERS = 6_000;

export function isTooLong(fields: readonly string[]): boolean {
  return fields.join("%2C%20").length > MOST_CHARACTERS;
}
