/** Google Contacts, read through the People API v1: developers.google.com/people/api/rest/v1/people.connections/list */
import { type Connection, GrantEnded, type Provider, type SourceField } from "~/features/connectors/connector";
import { logo } from "~/features/connectors/providers/google/logo";
import { PAGE_SIZE, peopleApi } from "~/features/connectors/providers/google/people-api";
import { cellsOf } from "~/features/connectors/providers/google/person-cells";
import { personFields } from "~/features/connectors/providers/google/person-fields";
import { readPeople } from "~/features/connectors/providers/google/read-people";

export const google: Provider = {
  id: "google",
  name: "Google Contacts",
  category: "contacts",
  reads: "The contacts of a Google account, with all their emails, phones, addresses and labels.",
  needs: "Somebody who can sign in to the Google account, of Gmail or of Workspace.",
  words: ["gmail", "people", "workspace", "g suite", "address book"],
  logo,
  help: "https://support.google.com/contacts/",
  addresses: { people: "https://people.googleapis.com" },
  access: {
    kind: "oauth",
    endpoints: () => ({
      authorize: "https://accounts.google.com/o/oauth2/v2/auth",
      token: "https://oauth2.googleapis.com/token",
      revoke: "https://oauth2.googleapis.com/revoke",
    }),
    // The second only says which account it is.
    scopes: ["https://www.googleapis.com/auth/contacts.readonly", "https://www.googleapis.com/auth/userinfo.email"],
    clientAuthentication: "body",
    // Without `consent` whoever agreed before gets no refresh token again.
    extraParameters: { access_type: "offline", prompt: "consent" },
    clientPrefix: "GOOGLE",
  },
  streams: [
    {
      id: "contacts",
      noun: { one: "contact", many: "contacts" },
      subject: "contacts",
      changes: true,
      wholeTellsGone: true,
      hasStart: false,
    },
  ],
  whose,
  test,
  discover,
  read: readPeople,
  cellsOf: (_streamId, payload) => cellsOf(payload),
};

/** Null where the account did not agree to say it: contacts can be read all the same. */
async function whose(connection: Connection): Promise<string | null> {
  try {
    const { emailAddresses = [] } = await (await peopleApi(connection)).me("emailAddresses");
    return (emailAddresses.find(({ metadata }) => metadata?.primary) ?? emailAddresses[0])?.value ?? null;
  } catch (error) {
    if (error instanceof GrantEnded) return null;
    throw error;
  }
}

async function test(connection: Connection): Promise<void> {
  const api = await peopleApi(connection);
  await api.connections({ resourceName: "people/me", pageSize: 1, personFields: "metadata" });
}

/** Fields that people made up themselves are called as they are among the contacts that changed last. */
async function discover(connection: Connection): Promise<SourceField[]> {
  const api = await peopleApi(connection);
  const { connections = [] } = await api.connections({
    resourceName: "people/me",
    pageSize: PAGE_SIZE,
    personFields: "userDefined",
    sources: ["READ_SOURCE_TYPE_CONTACT"],
    sortOrder: "LAST_MODIFIED_DESCENDING",
  });
  const keys = new Set(connections.flatMap(({ userDefined = [] }) => userDefined.flatMap(({ key }) => key ?? [])));
  return personFields([...keys].sort((a, b) => a.localeCompare(b)));
}
