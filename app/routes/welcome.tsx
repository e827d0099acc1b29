import { type LoaderFunctionArgs, type MetaFunction, redirect, type SerializeFrom } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listSwitchedOffPlaces } from "~/features/accounts/members.server";
import { roleNames } from "~/features/accounts/rights";
import { isEmptyInstallation } from "~/features/sign-in/set-up.server";
import { FlashBanner } from "~/flash-banner";
import { findPerson, installationScope } from "~/http/scope.server";
import { AccountMark } from "~/ui/account-mark";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { OutsideFrame } from "~/ui/outside-frame";

export const meta: MetaFunction = () => [{ title: "Your accounts · Tallybook" }];

/** Where somebody belongs: into their one account, before a choice of several, or to the sign-in page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = installationScope(context);
  const person = await findPerson({ request, context });
  if (!person) throw redirect((await isEmptyInstallation(scope)) ? "/set-up" : "/sign-in");
  const { places } = person;
  const [only] = places;
  if (only && places.length === 1) throw redirect(`/${only.account.slug}`);
  return {
    name: person.user.name,
    switchedOff: await listSwitchedOffPlaces(scope, person.user.id),
    places: places.map(({ account, role }) => ({
      href: `/${account.slug}`,
      name: account.name,
      colour: account.colour,
      role: roleNames[role],
    })),
  };
}

type Facts = Pick<SerializeFrom<typeof loader>, "name" | "places" | "switchedOff">;

function headOf({ name, places, switchedOff }: Facts): { title: string; line: string } {
  if (places.length > 0) {
    const line = `${name}, you have a place in several. You can change over at any time by the menu with your name.`;
    return { title: "Which account?", line };
  }
  if (switchedOff.length > 0) {
    return { title: "Switched off", line: `${name}, there is no account that you can open at present.` };
  }
  const line = `${name}, you have no place in any account. Ask an administrator of your firm to add you.`;
  return { title: "No account yet", line };
}

export default function Welcome() {
  const facts = useLoaderData<typeof loader>();
  const { places, switchedOff } = facts;
  return (
    <OutsideFrame {...headOf(facts)}>
      <FlashBanner />
      {places.length > 0 ? (
        <ul className="mb-6 space-y-2">
          {places.map((place) => (
            <li key={place.href}>
              <ButtonLink href={place.href} full>
                <AccountMark name={place.name} colour={place.colour} small /> {place.name}
                <span className="quiet small"> · {place.role}</span>
              </ButtonLink>
            </li>
          ))}
        </ul>
      ) : null}
      {switchedOff.map((firm, place) => (
        <Banner key={place} tone="warn">
          Your place in {firm} is switched off. Ask one of its administrators.
        </Banner>
      ))}
      <PostButton action="/sign-out">Sign out</PostButton>
    </OutsideFrame>
  );
}
