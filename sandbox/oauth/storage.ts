/** What a stand-in remembers, in memory: for oidc-provider, and for the switches that take things away. */

interface Kept {
  model: string;
  id: string;
  payload: Payload;
  endsAt: number;
}

interface Payload {
  accountId?: string;
  grantId?: string;
  uid?: string;
  consumed?: number;
  [name: string]: unknown;
}

export interface Storage {
  /** For oidc-provider's `adapter`. */
  adapterFor(model: string): object;
  /** Takes everything away that these models hold of a person, or of everybody. */
  forget(models: readonly string[], accountId?: string): void;
  forgetGrant(grantId: string): void;
  accountsWith(model: string): Set<string>;
}

/** `keepsUsed`: a refresh token that was used stays good. */
export function makeStorage({ keepsUsed }: { keepsUsed: boolean }): Storage {
  const kept = new Map<string, Kept>();
  const keyOf = (model: string, id: string) => `${model}:${id}`;
  const isAlive = ({ endsAt }: Kept) => endsAt > performance.now();

  function adapterFor(model: string): object {
    const find = (id: string) => {
      const found = kept.get(keyOf(model, id));
      return found && isAlive(found) ? found.payload : undefined;
    };
    return {
      async upsert(id: string, payload: Payload, seconds?: number) {
        const endsAt = seconds === undefined ? Infinity : performance.now() + seconds * 1_000;
        kept.set(keyOf(model, id), { model, id, payload, endsAt });
      },
      find: async (id: string) => find(id),
      findByUid: async (uid: string) =>
        [...kept.values()].find((one) => one.model === model && one.payload.uid === uid && isAlive(one))?.payload,
      findByUserCode: async () => undefined,
      async destroy(id: string) {
        kept.delete(keyOf(model, id));
      },
      async consume(id: string) {
        const payload = find(id);
        if (payload && !(keepsUsed && model === "RefreshToken")) payload.consumed = 1;
      },
      async revokeByGrantId(grantId: string) {
        for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
      },
    };
  }

  function forgetGrant(grantId: string): void {
    for (const [key, { model, id, payload }] of kept) {
      if (payload.grantId === grantId || (model === "Grant" && id === grantId)) kept.delete(key);
    }
  }

  return {
    adapterFor,
    forgetGrant,
    forget(models, accountId) {
      for (const [key, { model, payload }] of kept) {
        if (models.includes(model) && (accountId === undefined || payload.accountId === accountId)) kept.delete(key);
      }
    },
    accountsWith: (model) =>
      new Set(
        [...kept.values()].flatMap((one) => (one.model === model && isAlive(one) ? [one.payload.accountId ?? ""] : [])),
      ),
  };
}
