/** How WooCommerce refuses, and what stands before it. */
import { type Manners, type Reply } from "../frame/stand-in";

export function refused(status: number, code: string, message: string, params?: Record<string, string>): Reply {
  return { status, body: { code, message, data: { status, ...(params ? { params } : {}) } } };
}

const page = (status: number, title: string): Reply => ({
  ...{ status, type: "text/html; charset=utf-8" },
  body: `<html><head><title>${status} ${title}</title></head><body><center>nginx</center></body></html>`,
});

export const AUTHENTICATION = "woocommerce_rest_authentication_error";

export const cannotView = (status = 401) =>
  refused(status, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");

export const noRoute = () => refused(404, "rest_no_route", "No route was found matching the URL and request method.");

export const nothing = () => page(404, "Not Found");

export const invalid = (name: string, why: string) =>
  refused(400, "rest_invalid_param", `Invalid parameter(s): ${name}`, { [name]: why });

export const manners: Manners = {
  // WooCommerce itself has no limit for these; who hosts the shop has.
  throttled: () => ({ ...page(429, "Too Many Requests"), headers: { "Retry-After": "20" } }),
  failed: () => refused(500, "internal_server_error", "<p>There has been a critical error on this website.</p>"),
  unauthorised: () => refused(401, AUTHENTICATION, "Consumer secret is invalid."),
  forbidden: () => cannotView(403),
};
