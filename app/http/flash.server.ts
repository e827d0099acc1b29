/** A message shown once, on the page after a redirect: "Saved.", with a link such as Undo where there is one. */
import { z } from "zod";
import { hostCookie } from "~/http/cookies.server";
import { isPrefetch } from "~/http/prefetch.server";
import { type RequestContext } from "~/http/request-context.server";

const flashShape = z.strictObject({
  text: z.string().max(500),
  tone: z.enum(["good", "warn"]),
  link: z
    .strictObject({
      label: z.string().max(100),
      href: z.string().startsWith("/").max(500),
      /** A button that posts there instead of a link. */
      method: z.literal("post").optional(),
    })
    .optional(),
});

export type Flash = z.infer<typeof flashShape>;

const MAX_AGE_SECONDS = 60;

const flashCookie = (context: RequestContext) => hostCookie(context.keys, "flash", { maxAge: MAX_AGE_SECONDS });

export function flash(text: string, link?: Flash["link"]): Flash {
  return { text, tone: "good", link };
}

export function warning(text: string, link?: Flash["link"]): Flash {
  return { text, tone: "warn", link };
}

/** The `Set-Cookie` value that carries the message to the next page. */
export function writeFlash(context: RequestContext, message: Flash): Promise<string> {
  return flashCookie(context).serialize(message);
}

/** The waiting message, taken off the browser as it is shown. A prefetch shows nothing, so it takes nothing. */
export async function readFlash(request: Request, context: RequestContext): Promise<Flash | null> {
  const header = request.headers.get("Cookie");
  if (request.method !== "GET" || isPrefetch(request) || !header?.includes("__Host-flash=")) return null;
  const cookie = flashCookie(context);
  context.responseHeaders.append("Set-Cookie", await cookie.serialize("", { maxAge: 0 }));
  const parsed = flashShape.safeParse(await cookie.parse(header));
  return parsed.success ? parsed.data : null;
}
