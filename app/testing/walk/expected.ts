/** What a person gets at a door: worked out from who may and who they are, as the rules say it, not as the code does. */
import { rights, type Right } from "~/features/accounts/rights";
import { type Role } from "~/platform/scope.server";
import { type Person, type PersonName } from "~/testing/walk/people";
import { type Door } from "~/testing/walk/route-row";

export interface Expected {
  letIn: boolean;
  status: readonly number[];
  /** What the `Location` begins with. */
  location?: string;
}

const atTheDoor: readonly PersonName[] = ["anonymous", "disabled", "signed out"];
const halfWay: readonly PersonName[] = ["pending", "enrolling"];

const isSignedIn = ({ name }: Person) => !atTheDoor.includes(name) && !halfWay.includes(name);

const sentTo = (location: string): Expected => ({ letIn: false, status: [302], location });
const refused = (status: number): Expected => ({ letIn: false, status: [status] });

function toSignIn({ name }: Person): Expected {
  return sentTo(halfWay.includes(name) ? "/sign-in/code" : "/sign-in");
}

function byRight(right: Right, person: Person): Expected | null {
  if (!isSignedIn(person)) return toSignIn(person);
  if (person.role === null) return refused(404);
  const roles: readonly Role[] = rights[right];
  return roles.includes(person.role) ? null : refused(403);
}

function atStep(step: "pending" | "enrolling", person: Person): Expected | null {
  if (person.name === step) return null;
  if (halfWay.includes(person.name)) return sentTo(step === "pending" ? "/sign-in/authenticator" : "/sign-in/code");
  return sentTo(isSignedIn(person) ? "/" : "/sign-in");
}

const ways = {
  everybody: () => null,
  nobody: () => null,
  "signed in": (person: Person) => (isSignedIn(person) ? null : toSignIn(person)),
  operator: (person: Person) =>
    !isSignedIn(person) ? toSignIn(person) : person.name === "operator" ? null : refused(404),
  "at the start": (person: Person) => (isSignedIn(person) ? null : sentTo("/sign-in")),
  visitor: (person: Person) => (isSignedIn(person) ? sentTo("/") : null),
  code: (person: Person) => atStep("pending", person),
  enrolling: (person: Person) => atStep("enrolling", person),
};

/** Without a door there is nothing to load or post to: 405 for everybody. */
export function expected(door: Door | undefined, person: Person): Expected {
  if (!door) return refused(405);
  const stopped = door.who in rights ? byRight(door.who as Right, person) : ways[door.who as keyof typeof ways](person);
  if (stopped) return stopped;
  return { letIn: door.who !== "nobody", status: door.status };
}
