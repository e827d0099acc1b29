/** Two people had the same form open: what becomes of it, field by field. Pure. */

type Fields = Readonly<Record<string, string | number | boolean | null>>;

export interface FormSides<Values extends Fields> {
  /** What the form said when it was opened. A field that is not in it counts as changed where `mine` differs. */
  began: Partial<Values>;
  mine: Partial<Values>;
  now: Values;
}

/**
 * What to write: what I changed, and nothing else, so that what others changed meanwhile stays. A clash is a field that
 * both changed, to different things.
 */
export function settleFields<Values extends Fields>({
  began,
  mine,
  now,
}: FormSides<Values>): {
  changes: Partial<Values>;
  clashes: (keyof Values)[];
} {
  const fields = (Object.keys(mine) as (keyof Values)[]).filter((field) => {
    const opened = field in began ? began[field] : now[field];
    return mine[field] !== opened && mine[field] !== now[field];
  });
  const clashes = fields.filter((field) => field in began && began[field] !== now[field]);
  const changes = Object.fromEntries(fields.map((field) => [field, mine[field]])) as Partial<Values>;
  return { changes, clashes };
}

const MOST_CHARACTERS = 4_000;

/** What a form carries along unseen: how it began. */
export function writeBegan(values: Fields): string {
  return JSON.stringify(values);
}

/** Only fields of `now`, of the kind they have there; whatever else was sent is as if it had not been. */
export function readBegan<Values extends Fields>(text: string | null | undefined, now: Values): Partial<Values> {
  if (!text || text.length > MOST_CHARACTERS) return {};
  const sent = parsed(text);
  const fits = Object.entries(sent).filter(([field, value]) => {
    return Object.hasOwn(now, field) && (value === null || typeof value === typeof now[field] || now[field] === null);
  });
  return Object.fromEntries(fits) as Partial<Values>;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
