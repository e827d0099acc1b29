/** Which property is read, and as whom. */
import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import { type Settings, type SettingsField, type SettingsForm } from "~/features/connectors/connector";

export interface ServiceAccount {
  email: string;
  keyId: string | null;
  /** PEM. */
  privateKey: string;
}

/** Null: it is not the file that Google gives out, or its key cannot be read. Where it says keys are sent is not followed. */
export function serviceAccountIn(text: string): ServiceAccount | null {
  try {
    const {
      type,
      client_email: email,
      private_key: key,
      private_key_id: id,
    } = JSON.parse(text) as Record<string, unknown>;
    if (type !== "service_account" || typeof email !== "string" || typeof key !== "string") return null;
    createPrivateKey(key);
    return { email, privateKey: key, keyId: typeof id === "string" ? id : null };
  } catch {
    return null;
  }
}

/** "properties/213025502" and the bare number are the same. */
const propertyId = /^(?:properties\/)?(\d{4,15})$/;

const property: SettingsField = {
  ...{ name: "property", label: "Property ID", type: "text", identifies: true },
  hint: "In Google Analytics under Admin, Property details: a number such as 213025502. It is not the one that begins with G-.",
};

const propertyRule = z
  .string("Enter the property ID.")
  .trim()
  .regex(propertyId, "Enter the property ID. It is a number, as in 213025502; what begins with G- or UA- is another.")
  .transform((typed) => propertyId.exec(typed)?.[1] ?? typed);

export const withAgreement: SettingsForm = {
  fields: [property],
  schema: z.object({ property: propertyRule }),
};

export const withKey: SettingsForm = {
  fields: [
    property,
    {
      ...{ name: "serviceAccount", label: "Key of a service account", type: "secret", file: ".json" },
      hint: "The whole content of the JSON file that Google Cloud gave out with the key. Its email has to be a Viewer of the property.",
    },
  ],
  schema: z.object({
    property: propertyRule,
    serviceAccount: z.string().refine((typed) => serviceAccountIn(typed) !== null, {
      error: "This is not the JSON file of a service account’s key. Paste all of it, from the first { to the last }.",
    }),
  }),
};

export function propertyOf({ property = "" }: Settings): string {
  return propertyId.exec(property)?.[1] ?? property;
}
