import { type Scope } from "~/platform/scope.server";

/** Something a person has charge of in an account, and how it is handed on when they leave. Joined in the composition. */
export interface Belonging {
  /** "contact they look after", "contacts they look after" */
  noun: { one: string; many: string };
  count(scope: Scope, userId: string): Promise<number>;
  /** In the caller's transaction; to nobody when `toUserId` is null. Returns how many. */
  handOver(scope: Scope, fromUserId: string, toUserId: string | null): Promise<number>;
}

/** To whom things may be handed in the place of a member: by its id in a form. */
export const NOBODY = "nobody";
