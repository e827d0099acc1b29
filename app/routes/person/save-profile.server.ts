import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs } from "@remix-run/node";
import { readBegan, writeBegan } from "~/features/accounts/field-changes";
import { changeProfile, findProfile, type Profile } from "~/features/sign-in/profile.server";
import { profileForm } from "~/features/sign-in/profile-form";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, requirePerson } from "~/http/scope.server";
import { ownPageOf } from "~/routes/person/own-path";

/** As with an account's settings: only what was changed is written, and what another browser changed is asked about. */
export async function saveProfile({ request, context }: Pick<ActionFunctionArgs, "request" | "context">) {
  const { user } = await requirePerson({ request, context });
  const scope = installationScope(context);
  const now = (await findProfile(scope, user.id)) ?? notFound();
  const sent = await readForm(request);
  const began = readBegan<Profile>(onlyText(sent, "began"), now);
  const submission = parseWithZod(sent, { schema: profileForm(now.locale) });
  if (submission.status !== "success") return refuse({ reply: submission.reply(), began: writeBegan(began) });

  const { began: _, ...mine } = submission.value;
  const outcome = await changeProfile(scope, user, mine, began);
  if (outcome.ok) {
    const message = outcome.changed.length > 0 ? "Saved." : "Nothing was changed.";
    return redirectTo({ context }, ownPageOf(request, "/person"), flash(message));
  }
  const text = "You have just changed this in another browser. Save again to have it as it is here.";
  const fieldErrors = Object.fromEntries(outcome.clashes.map((field) => [field, [text]]));
  const theirs = Object.fromEntries(outcome.clashes.map((field) => [field, outcome.now[field]]));
  return refuse({ reply: submission.reply({ fieldErrors }), began: writeBegan({ ...began, ...theirs }) });
}
