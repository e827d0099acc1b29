/** Ids that need a closer look than their bytes: each as a text. */
import { type Books } from "~/features/reconciliation/columns/books";
import { type Alias, aliasTypes, stripped } from "~/features/reconciliation/ids/alias-types";
import { idFaults, normaliseId } from "~/features/reconciliation/ids/normalise-id";

const bareName = aliasTypes.indexOf("bare-name");

/** The number of the key; minus the place of the fault in the list and one where it is unusable. */
export function closerTrackedId({ keys, idRules }: Books, written: string): number {
  const id = normaliseId(written);
  if (!id.ok) return -1 - idFaults.indexOf(id.fault);
  const rules = idRules.affixes.filter((rule) => rule.of === "tracked-ids");
  const bare = rules.map((rule) => stripped(id.key, rule)).find((left) => left !== null);
  return keys.internText(zeroed(bare ?? id.key, idRules.keepsLeadingZeros));
}

/** Adds an alias of the order that was added last; an unusable one is as none. */
export function readCloserAlias({ orders, keys, idRules }: Books, { type, value }: Alias): void {
  const id = normaliseId(value);
  if (!id.ok) return;
  orders.addAlias(aliasTypes.indexOf(type), keys.internText(zeroed(id.key, idRules.keepsLeadingZeros)));
  if (type !== "name") return;
  for (const rule of idRules.affixes) {
    const bare = rule.of === "names" ? stripped(id.key, rule) : null;
    if (bare !== null) orders.addAlias(bareName, keys.internText(zeroed(bare, idRules.keepsLeadingZeros)));
  }
}

function zeroed(key: string, keepsLeadingZeros: boolean): string {
  return keepsLeadingZeros ? key : key.replace(/^0+(?=\d)/, "");
}
