/** Which alias of its orders a shop sends to its analytics, found on what really came. */
import { type Books } from "~/features/reconciliation/columns/books";
import { type AliasIndex } from "~/features/reconciliation/ids/alias-index";
import { aliasTypes, type AliasType } from "~/features/reconciliation/ids/alias-types";

export interface SchemeShare {
  type: AliasType;
  /** Rows with a usable id that fit one order by this type. */
  hits: number;
  /** Of all rows with a usable id; null when there are none. */
  share: number | null;
}

/** How many rows each type would find, the best first; of equals, the one that stands first in the list of types. */
export function schemeShares({ transactions }: Books, aliases: AliasIndex): SchemeShare[] {
  const { key } = transactions.facts;
  const hits = new Uint32Array(aliasTypes.length);
  let usable = 0;
  for (let row = 0; row < transactions.length; row++) {
    if (key[row]! < 0) continue;
    usable += 1;
    for (const type of aliases.types) if (aliases.only(type, key[row]!) >= 0) hits[type]! += 1;
  }
  return aliases.types
    .map((type) => ({ type: aliasTypes[type]!, hits: hits[type]!, share: usable ? hits[type]! / usable : null }))
    .sort((one, other) => other.hits - one.hits);
}
