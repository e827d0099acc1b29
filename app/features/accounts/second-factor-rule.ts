import { type AccountFacts } from "~/platform/scope.server";

/** Who this is decided for. */
export interface Asked {
  isOperator: boolean;
  /** The accounts in which they have a place that is not switched off. */
  places: readonly { account: Pick<AccountFacts, "requiresSecondFactor"> }[];
}

/**
 * Whether a person must have a second factor: an operator always, anybody else as soon as one of their accounts wants
 * it. Whoever has no place anywhere is asked, as in a new account.
 */
export function mustHaveSecondFactor({ isOperator, places }: Asked): boolean {
  return isOperator || places.length === 0 || places.some(({ account }) => account.requiresSecondFactor);
}
