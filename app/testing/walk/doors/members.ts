import { type Example } from "~/testing/walk/examples";
import { at, may, noPage, within, type RouteRow } from "~/testing/walk/route-row";

const proof = { password: "not the right words", code: "000000" };
const member = (rest = "") => {
  return ({ slug, memberId }: Example) => `/${slug}/members/${memberId}${rest}`;
};
const invitation = (rest: string) => {
  return ({ slug, invitationId }: Example) => `/${slug}/members/invitations/${invitationId}${rest}`;
};
const person = (rest = "") => {
  return ({ memberId }: Example) => `/operator/people/${memberId}${rest}`;
};
/** Wrong proofs are put off after five, wherever they are given. */
const wrongProof = [422, 429];

export const membersDoors: Record<string, RouteRow> = {
  "routes/members/list": { path: within("/members"), load: may("members.read") },
  "routes/members/new": {
    path: within("/members/new"),
    load: may("members.manage"),
    post: may("members.manage", 201),
    form: () => ({ email: "newcomer@quillfeather.example", name: "Xanthippe Newcomer", role: "user" }),
  },
  "routes/members/invitation-link": {
    path: invitation("/link"),
    load: may("members.manage"),
    post: may("members.manage", 201),
    ids: ["invitationId"],
  },
  "routes/members/invitation-revocation": {
    path: invitation("/revocation"),
    load: noPage,
    post: may("members.manage", 303),
    ids: ["invitationId"],
  },
  "routes/members/departure": {
    path: within("/members/departure"),
    load: may("members.read"),
    // To nobody who is there: it leads back, and nobody leaves.
    post: may("members.read", 303),
    leaves: true,
    form: ({ invitationId }) => ({ handTo: invitationId }),
  },
  "routes/members/member": { path: member(), load: may("members.manage"), ids: ["memberId"] },
  "routes/members/role": {
    path: member("/role"),
    load: noPage,
    post: may("members.manage", 303),
    form: () => ({ role: "viewer" }),
    ids: ["memberId"],
  },
  "routes/members/suspension": {
    path: member("/suspension"),
    load: noPage,
    post: may("members.manage", 303),
    ids: ["memberId"],
  },
  "routes/members/readmission": {
    path: member("/readmission"),
    load: noPage,
    post: may("members.manage", 303),
    ids: ["memberId"],
  },
  "routes/members/removal": {
    path: member("/removal"),
    load: may("members.manage"),
    post: may("members.manage", 303),
    form: () => ({ handTo: "nobody" }),
    ids: ["memberId"],
  },
  "routes/members/password-link": {
    path: member("/password-link"),
    load: may("members.manage"),
    post: may("members.manage", wrongProof),
    form: () => proof,
  },
  "routes/members/second-factor": {
    path: member("/second-factor"),
    load: may("members.manage"),
    post: may("members.manage", wrongProof),
    form: () => proof,
  },
  "routes/operator/people": { path: at("/operator/people"), load: may("operator") },
  "routes/operator/person": { path: person(), load: may("operator") },
  "routes/operator/password-link": {
    path: person("/password-link"),
    load: may("operator"),
    post: may("operator", wrongProof),
    form: () => proof,
  },
  "routes/operator/second-factor": {
    path: person("/second-factor"),
    load: may("operator"),
    post: may("operator", wrongProof),
    form: () => proof,
  },
  "routes/operator/new-account": {
    path: at("/operator/accounts/new"),
    load: may("operator"),
    post: may("operator", 201),
    form: () => ({ firm: "Carver Books Ltd", country: "GB", email: "rosalind@carver-books.example" }),
  },
  "routes/operator/registration": {
    path: at("/operator/registration"),
    load: noPage,
    post: may("operator", 303),
    form: () => ({ open: "no" }),
  },
};

/** Of no link that was ever made. */
const token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

export const linkDoors: Record<string, RouteRow> = {
  "routes/sign-in/without-authenticator": {
    path: at("/sign-in/without-authenticator"),
    load: noPage,
    post: may("enrolling", 303),
  },
  // No mail goes out here.
  "routes/sign-in/forgotten": { path: at("/sign-in/forgotten"), load: may("everybody"), post: may("nobody", 404) },
  "routes/sign-in/reset-password": {
    path: at(`/reset-password/${token}`),
    load: may("nobody", 404),
    post: may("nobody", 422),
  },
  "routes/invitation/joining": { path: at("/invitation"), load: may("nobody", 404), post: may("nobody", 303) },
  "routes/invitation/link": { path: at(`/invitation/${token}`), load: may("nobody", 404), post: may("nobody", 303) },
  "routes/register/ask": { path: at("/register"), load: may("nobody", 404), post: may("nobody", 404) },
  "routes/register/register": { path: at(`/register/${token}`), load: may("nobody", 404), post: may("nobody", 303) },
};
