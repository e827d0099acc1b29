import { type LoaderFunctionArgs } from "@remix-run/node";
import { providersOf } from "~/features/connectors/registry.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";

/** It changes with a new version of ours only. */
const caching = "private, max-age=3600";

/** A provider's picture. By a policy of its own nothing in it is ever run or fetched, wherever it is opened. */
export async function loader(args: LoaderFunctionArgs) {
  await requireScope(args, "account.read");
  const { logo } = providersOf(args.context.env.providers).get(args.params.provider ?? "") ?? notFound();
  if (!logo) return notFound();
  return new Response(logo, {
    headers: {
      "Content-Type": "image/svg+xml",
      "Cache-Control": caching,
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
