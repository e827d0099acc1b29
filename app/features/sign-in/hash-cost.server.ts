/**
 * How much work one bcrypt hash is: 2^12 rounds, about 0.2 s with bcryptjs. Whatever the environment says; only
 * app/testing asks for less, since its tests sign in some hundred times, and nothing that ships can import it.
 */
let cost = 12;

export function hashCost(): number {
  return cost;
}

/** For tests. */
export function setHashCost(wanted: number): void {
  cost = wanted;
}
