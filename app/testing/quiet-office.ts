/** People who sign in where nobody else has tried to: for tests of signing in. */
import { randomBytes } from "node:crypto";
import { type createLog } from "~/platform/log.server";
import { type databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { givenPassword } from "~/testing/given-sign-in";

/** A scope with a clock of its own and an address nobody else uses: throttles of other tests do not reach it. */
export async function quietOffice(engine: (typeof databases)[number], log?: ReturnType<typeof createLog>) {
  const clock = testClock();
  const scope = await given.installation(engine, { clock, log, address: ["10", ...randomBytes(3)].join(".") });
  return { clock, scope };
}

export async function somebody(engine: (typeof databases)[number]) {
  const { clock, scope } = await quietOffice(engine);
  const user = await given.user(scope);
  await givenPassword(scope, user);
  return { clock, scope, user };
}

export const wrongPassword = (email: string, deviceToken: string | null = null) => ({
  email,
  password: "not the right words",
  deviceToken,
  returnTo: null,
});
