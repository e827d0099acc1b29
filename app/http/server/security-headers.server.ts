import { type RequestHandler } from "express";
import { facts } from "~/http/server/request-facts.server";
import { type Environment } from "~/platform/env.server";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What a page may load: our own files, and scripts only with this response's nonce. Nobody may frame it. */
function contentSecurityPolicy(nonce: string, mode: Environment["mode"]): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    // Vite's live reload speaks over a socket, which older browsers do not count as 'self'.
    mode === "development" ? "connect-src 'self' ws://localhost:* ws://127.0.0.1:*" : "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join("; ");
}

const permissionsPolicy = ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
  .map((feature) => `${feature}=()`)
  .join(", ");

/** The headers that are the same on every response, also where there is no page. */
export function fixedSecurityHeaders(env: Environment): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    // Not `no-referrer`: browsers would then send `Origin: null` with every form.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissionsPolicy,
    ...(env.appOrigin.startsWith("https:")
      ? { "Strict-Transport-Security": `max-age=${YEAR_SECONDS}; includeSubDomains` }
      : {}),
    // Static files set their own; everything else is somebody's data.
    "Cache-Control": "no-store",
  };
}

/** On every class of response: pages, data, files, refusals, redirects. A route may set a stricter policy of its own. */
export function securityHeaders(env: Environment): RequestHandler {
  const fixed = fixedSecurityHeaders(env);
  return (_req, res, next) => {
    res.set(fixed);
    res.setHeader("Content-Security-Policy", contentSecurityPolicy(facts(res).cspNonce, env.mode));
    next();
  };
}
