/** A count that stops somewhere, so that a million cost no more than where it stops. */
export interface Counted {
  count: number;
  /** There are more. */
  capped: boolean;
}

export const COUNT_LIMIT = 10_000;

/** Of as many as were looked for: one more than the limit. */
export function counted(found: number | string | null | undefined): Counted {
  const count = Number(found ?? 0);
  return { count: Math.min(count, COUNT_LIMIT), capped: count > COUNT_LIMIT };
}

/** Together; where one of them stopped there are more than that. */
export function sumCounted(all: readonly Counted[]): Counted {
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    capped: all.some(({ capped }) => capped),
  };
}
