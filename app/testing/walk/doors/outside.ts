import { at, may, noPage, type RouteRow } from "~/testing/walk/route-row";

export const outsideDoors: Record<string, RouteRow> = {
  root: { path: at("/sign-in"), load: may("everybody"), layout: true },
  "routes/welcome": { path: at("/"), load: may("at the start", [200, 302]) },
  "routes/set-up/first-run": { path: at("/set-up"), load: may("nobody", 404), post: may("nobody", 404) },
  "routes/sign-in/password": { path: at("/sign-in"), load: may("visitor"), post: may("everybody", [422, 302]) },
  "routes/sign-in/second-factor": { path: at("/sign-in/code"), load: may("code"), post: may("code", 422) },
  "routes/sign-in/recovery": { path: at("/sign-in/recovery"), load: may("code"), post: may("code", 422) },
  "routes/sign-in/authenticator": {
    path: at("/sign-in/authenticator"),
    load: may("enrolling"),
    post: may("enrolling", 422),
  },
  "routes/sign-in/sign-out": { path: at("/sign-out"), load: noPage, post: may("everybody", 303) },
};
