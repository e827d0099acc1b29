import { Links, Meta, Outlet, Scripts, isRouteErrorResponse, useMatches, useRouteError } from "@remix-run/react";
import { type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { type ReactNode } from "react";
import stylesheet from "~/app.css?url";
import { ErrorPage, errorTitle } from "~/error-page";
import { readFlash } from "~/http/flash.server";
import { usePageFacts } from "~/page-facts";
import { type RouteHandle } from "~/route-handle";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/icons/apple-touch-icon.png", sizes: "180x180" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

export const meta: MetaFunction = ({ error }) => {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return [{ title: error ? `${errorTitle(status)} · Tallybook` : "Tallybook" }];
};

/** The one-time banner after a redirect; the frame shows it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return { flash: await readFlash(request, context) };
}

export function Layout({ children }: { children: ReactNode }) {
  const hydrate = useMatches().some((match) => (match.handle as RouteHandle | undefined)?.hydrate);
  const { nonce, liveReload, colourScheme } = usePageFacts();
  return (
    <html lang="en-GB" data-scheme={colourScheme ?? undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={colourScheme ?? "light dark"} />
        <ThemeColour scheme={colourScheme} />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {hydrate ? <Scripts nonce={nonce} /> : null}
        {liveReload ? <script type="module" nonce={nonce} src="/@vite/client" /> : null}
      </body>
    </html>
  );
}

/** What an installed app's title bar and a phone's status bar are painted with: the paper of `tokens.css`. */
function ThemeColour({ scheme }: { scheme: "light" | "dark" | null }) {
  const paper = { light: "#faf9f6", dark: "#161512" };
  if (scheme) return <meta name="theme-color" content={paper[scheme]} />;
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={paper.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={paper.dark} />
    </>
  );
}

export default function Root() {
  return <Outlet />;
}

/** Not there, not yours, refused or broken: one plain page, whose bytes tell the first two apart by nothing. */
export function ErrorBoundary() {
  const error = useRouteError();
  const { requestId, failureStatus } = usePageFacts();
  const status = failureStatus ?? (isRouteErrorResponse(error) ? error.status : 500);
  return <ErrorPage status={status} requestId={requestId} />;
}
