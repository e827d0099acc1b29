/** What fields partners have, by version: `mobile` and others went with 19. */

interface FieldFacts {
  string: string;
  type: string;
  store: boolean;
  relation?: string;
}

const field = (string: string, type = "char", relation?: string): FieldFacts => ({
  ...{ string, type, store: true },
  ...(relation === undefined ? {} : { relation }),
});

const all: Readonly<Record<string, FieldFacts>> = {
  name: field("Name"),
  display_name: { ...field("Display Name"), store: false },
  is_company: field("Is a Company", "boolean"),
  type: field("Address Type", "selection"),
  active: field("Active", "boolean"),
  parent_id: field("Related Company", "many2one", "res.partner"),
  child_ids: field("Contact", "one2many", "res.partner"),
  function: field("Job Position"),
  email: field("Email"),
  phone: field("Phone"),
  street: field("Street"),
  street2: field("Street2"),
  city: field("City"),
  zip: field("Zip"),
  state_id: field("State", "many2one", "res.country.state"),
  country_id: field("Country", "many2one", "res.country"),
  website: field("Website Link"),
  comment: field("Notes", "html"),
  category_id: field("Tags", "many2many", "res.partner.category"),
  vat: field("Tax ID"),
  ref: field("Reference"),
  lang: field("Language", "selection"),
  image_1920: field("Image", "binary"),
  contact_address: { ...field("Complete Address"), store: false },
  x_membership_no: field("Membership no"),
  create_date: field("Created on", "datetime"),
  write_date: field("Last Updated on", "datetime"),
};

const until18: Readonly<Record<string, FieldFacts>> = {
  mobile: field("Mobile"),
  title: field("Title", "many2one", "res.partner.title"),
  company_name: field("Company Name"),
};

export function fieldsIn(version: number): Readonly<Record<string, FieldFacts>> {
  return version < 19 ? { ...all, ...until18 } : all;
}
