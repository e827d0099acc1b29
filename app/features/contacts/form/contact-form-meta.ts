import { type FormMetadata } from "@conform-to/react";
import { type ContactFormDefaults } from "~/features/contacts/form/contact-form-defaults";

/** A contact's form as conform holds it. */
export type ContactFormMeta = FormMetadata<ContactFormDefaults>;
export type ContactFormFields = ReturnType<ContactFormMeta["getFieldset"]>;
