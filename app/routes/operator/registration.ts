import { type ActionFunctionArgs } from "@remix-run/node";
import { setRegistration } from "~/features/sign-in/registration-links.server";
import { badRequest, methodNotAllowed } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { installationScope, requireOperator } from "~/http/scope.server";

export const loader = () => methodNotAllowed();

/** The form says what is wanted, so that pressing twice changes nothing. */
export async function action({ request, context }: ActionFunctionArgs) {
  const visitor = await requireOperator({ request, context });
  const open = onlyText(await readForm(request), "open");
  if (open !== "yes" && open !== "no") return badRequest();
  await setRegistration(installationScope(context), visitor, open === "yes");
  return redirectTo({ context }, "/operator", flash(`Self-registration is ${open === "yes" ? "on" : "off"}.`));
}
