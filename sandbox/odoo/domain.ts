/** Reads conditions in Polish notation, as Odoo has them, and holds rows against them. */
import { type Row } from "./partners";

type Leaf = readonly [field: string, operator: string, value: unknown];
type Term = string | Leaf;
export type Fits = (row: Row, children: () => readonly Row[]) => boolean;

export class InvalidDomain extends Error {}

/** @param isKnown whether there is a field of this name */
export function readDomain(domain: readonly Term[], isKnown: (field: string) => boolean): Fits {
  const terms = [...domain];
  const all: Fits[] = [];
  // Conditions without a sign between them all have to hold.
  while (terms.length > 0) all.push(take(terms, isKnown));
  return (row, children) => all.every((fits) => fits(row, children));
}

function take(terms: Term[], isKnown: (field: string) => boolean): Fits {
  const term = terms.shift();
  if (term === undefined) throw new InvalidDomain("Domain is syntactically not correct");
  if (typeof term !== "string") return leaf(term, isKnown);
  if (term === "!") {
    const inner = take(terms, isKnown);
    return (row, children) => !inner(row, children);
  }
  const [one, other] = [take(terms, isKnown), take(terms, isKnown)];
  if (term === "&") return (row, children) => one(row, children) && other(row, children);
  if (term === "|") return (row, children) => one(row, children) || other(row, children);
  throw new InvalidDomain(`Invalid operator '${term}'`);
}

function leaf([field, operator, value]: Leaf, isKnown: (field: string) => boolean): Fits {
  const [first = "", rest] = field.split(".");
  if (!isKnown(first))
    throw new InvalidDomain(`Invalid field res.partner.${field} in leaf ('${field}', '${operator}', …)`);
  if (first === "child_ids" && rest !== undefined) {
    const inner = leaf([rest, operator, value], isKnown);
    return (_row, children) => children().some((child) => inner(child, () => []));
  }
  const compare = comparisons[operator];
  if (!compare) throw new InvalidDomain(`Invalid operator '${operator}'`);
  const asked = comparable(field, value);
  return (row) => compare(valueOf(row, field), asked);
}

/** What is kept, not what is told: a time is compared to the microsecond. */
function valueOf({ values, changedAt }: Row, field: string): unknown {
  if (field === "write_date") return changedAt;
  const value = values[field];
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}

function comparable(field: string, value: unknown): unknown {
  return field === "write_date" && typeof value === "string" ? Date.parse(`${value.replace(" ", "T")}Z`) : value;
}

const comparisons: Readonly<Record<string, (value: unknown, asked: unknown) => boolean>> = {
  "=": (value, asked) => value === asked,
  "!=": (value, asked) => value !== asked,
  ">": (value, asked) => Number(value) > Number(asked),
  ">=": (value, asked) => Number(value) >= Number(asked),
  "<": (value, asked) => Number(value) < Number(asked),
  "<=": (value, asked) => Number(value) <= Number(asked),
  in: (value, asked) => (asked as unknown[]).includes(value),
  "not in": (value, asked) => !(asked as unknown[]).includes(value),
};

/** Does it say anything of whether records are archived? */
export function names(domain: readonly Term[], field: string): boolean {
  return domain.some((term) => typeof term !== "string" && term[0] === field);
}

/** Behind which id, and which ids, in any case: so that not all have to be looked at. */
export function idBounds(domain: readonly Term[]): { behind: number; among: readonly number[] | null } {
  const isJoined = domain[0] === "&" || domain.length === 1;
  const leaf = isJoined ? domain.find((term): term is Leaf => typeof term !== "string") : undefined;
  const [field, operator, value] = leaf ?? [];
  if (field !== "id") return { behind: 0, among: null };
  return {
    behind: operator === ">" ? Number(value) : 0,
    among: operator === "in" ? [...(value as number[])].sort((a, b) => a - b) : null,
  };
}
