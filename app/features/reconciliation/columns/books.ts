/** Both sides of a comparison, filled in batches: the words they share have one number in both. */
import { KeyTable } from "~/features/reconciliation/columns/key-table";
import { Orders } from "~/features/reconciliation/columns/orders";
import { Transactions } from "~/features/reconciliation/columns/transactions";
import { type AffixRule } from "~/features/reconciliation/ids/alias-types";

/** How ids are read. Approved by a person; another rule means reading again. */
export interface IdRules {
  affixes: readonly AffixRule[];
  /** Off: 007 is 7. */
  keepsLeadingZeros: boolean;
}

export const usualIdRules: IdRules = { affixes: [], keepsLeadingZeros: true };

export interface Books {
  idRules: IdRules;
  orders: Orders;
  transactions: Transactions;
  /** Ids as they are compared, of both sides. */
  keys: KeyTable;
  currencies: KeyTable;
  methods: KeyTable;
  channels: KeyTable;
}

export function openBooks(idRules: IdRules = usualIdRules): Books {
  return {
    idRules,
    orders: new Orders(),
    transactions: new Transactions(),
    keys: new KeyTable(),
    currencies: new KeyTable(),
    methods: new KeyTable(),
    channels: new KeyTable(),
  };
}
