import { at, may, type RouteRow } from "~/testing/walk/route-row";

const proof = { password: "not the right words", code: "000000" };

export const personDoors: Record<string, RouteRow> = {
  "routes/person/frame": { path: at("/person"), load: may("signed in"), layout: true },
  "routes/person/profile": {
    path: at("/person"),
    load: may("signed in"),
    post: may("signed in", 303),
    form: () => ({ name: "Ottoline Fairweather", locale: "de-AT", colourScheme: "dark" }),
  },
  "routes/person/password": {
    path: at("/person/password"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => ({ ...proof, newPassword: "another four plain words" }),
  },
  "routes/person/authenticator": {
    path: at("/person/authenticator"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => proof,
  },
  "routes/person/new-authenticator": {
    path: at("/person/authenticator/new"),
    load: may("signed in", 302),
    post: may("signed in", 303),
    form: () => ({ code: "000000" }),
  },
  "routes/person/recovery-codes": {
    path: at("/person/recovery-codes"),
    load: may("signed in", 302),
    post: may("signed in", 303),
  },
  "routes/person/renew-recovery-codes": {
    path: at("/person/recovery-codes/renewal"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => proof,
  },
  "routes/person/end-sessions": {
    path: at("/person/sessions/end"),
    load: may("signed in"),
    post: may("signed in", 422),
    form: () => proof,
    searches: ({ sessionId }) => [`session=${sessionId}`],
    ids: ["sessionId"],
  },
};
