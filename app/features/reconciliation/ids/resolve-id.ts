/** Which order a tracked id means. Nothing is guessed: what fits two orders is left to a person. */
import { type AliasIndex } from "~/features/reconciliation/ids/alias-index";

export type Resolved =
  | { meaning: "order"; order: number; type: number }
  /** With the orders that it may mean. */
  | { meaning: "several"; orders: readonly number[] }
  | { meaning: "none" };

/**
 * For a key that orders go by under other types than the scheme, or several by one. The scheme is taken at its word. By
 * another type a key fits an order only when currency and time agree, and finds it only when no other order goes by
 * it under any type.
 */
export function resolveId(
  aliases: AliasIndex,
  key: number,
  { scheme, agrees }: { scheme: number; agrees: (order: number) => boolean },
): Resolved {
  const all = new Set(aliases.types.flatMap((type) => aliases.all(type, key)));
  const byScheme = new Set(aliases.all(scheme, key));
  const fitting = [...all].filter((order) => byScheme.has(order) || agrees(order));
  if (fitting.length === 0) return { meaning: "none" };
  const [order] = fitting as [number];
  const isFound = fitting.length === 1 && (byScheme.size === 1 || all.size === 1);
  if (!isFound) return { meaning: "several", orders: fitting };
  return { meaning: "order", order, type: byScheme.size === 1 ? scheme : foundBy(aliases, key, order) };
}

function foundBy(aliases: AliasIndex, key: number, order: number): number {
  return aliases.types.find((type) => aliases.only(type, key) === order)!;
}
