import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs } from "@remix-run/node";
import { type z } from "zod";
import { readBegan, writeBegan } from "~/features/accounts/field-changes";
import { type Setting, type Settings, settingsOf } from "~/features/accounts/settings";
import { changeSettings } from "~/features/accounts/settings.server";
import { settingText } from "~/features/accounts/settings-words";
import { planAll } from "~/features/connectors/schedule/plan-next.server";
import { planAllComparisons } from "~/features/reconciliation/schedule/plan-comparison.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type AccountFacts, type Scope } from "~/platform/scope.server";

type SettingsForm = z.ZodType<Partial<Settings> & { began?: string | undefined }>;

/**
 * The action of a part of Settings: what was changed on the form is saved, and one is back on it. What somebody else
 * changed meanwhile is asked about; the form then begins with theirs, so that saving again is knowing.
 */
export async function saveSettings(
  args: ActionFunctionArgs,
  path: string,
  formOf: (account: AccountFacts) => SettingsForm,
) {
  const scope = await requireScope(args, "settings.manage");
  const sent = await readForm(args.request);
  const began = readBegan(onlyText(sent, "began"), settingsOf(scope.account));
  const submission = parseWithZod(sent, { schema: formOf(scope.account) });
  if (submission.status !== "success") return refuse({ reply: submission.reply(), began: writeBegan(began) });

  const { began: _, ...mine } = submission.value;
  const outcome = await changeSettings(scope, mine, began);
  if (outcome.ok) {
    await keepAppointments(scope, mine);
    const message = outcome.changed.length > 0 ? "The settings are saved." : "Nothing was changed.";
    return redirectTo(args, `/${scope.account.slug}/settings${path}`, flash(message));
  }
  const { clashes, now } = outcome;
  const theirs = Object.fromEntries(clashes.map((field) => [field, now[field]]));
  const fieldErrors = Object.fromEntries(clashes.map((field) => [field, [clashText(field, now)]]));
  return refuse({ reply: submission.reply({ fieldErrors }), began: writeBegan({ ...began, ...theirs }) });
}

/** Connectors and comparisons that run by themselves go by the clocks of the account. */
async function keepAppointments(scope: Scope, { timeZone = scope.account.timeZone }: Partial<Settings>): Promise<void> {
  if (timeZone === scope.account.timeZone) return;
  const there = { ...scope, account: { ...scope.account, timeZone } };
  for (const plan of [planAll, planAllComparisons]) await plan(there);
}

function clashText(field: Setting, now: Settings): string {
  return `Somebody else has just changed this to ${settingText(field, now)}. Save again to have yours instead.`;
}
