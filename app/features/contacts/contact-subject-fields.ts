import { readEmail } from "~/features/contacts/email-address";
import { type SubjectField } from "~/features/pipeline/subject";

/** The fields that a column of a contact list can go to, and what such columns are called in eight languages. */

const looksLikeEmail = (value: string) => value.includes("@") && readEmail(value.split(/[;,]/)[0] ?? "").ok;
const looksLikePhone = (value: string) =>
  /^(?:\+|00|\(?0)[\d\s().\-/]{6,22}$/.test(value) && !/^\d{4}-\d\d-\d\d$/.test(value);

function field(id: string, label: string, words: string, more: Partial<SubjectField> = {}): SubjectField {
  return { id, label, many: false, words: words.split(", "), ...more };
}

/** A column of labelled emails or phones: its field's id ends with the label. */
export const labelOf: Readonly<Record<string, string>> = {
  workEmail: "work",
  homeEmail: "home",
  mobile: "mobile",
  workPhone: "work",
  homePhone: "home",
  fax: "fax",
};
export const emailFields = ["email", "workEmail", "homeEmail"] as const;
export const phoneFields = ["phone", "mobile", "workPhone", "homePhone", "fax"] as const;

const many = { many: true };

export const contactSubjectFields: readonly SubjectField[] = [
  field(
    "name",
    "Full name",
    "name, full name, fullname, contact, contact name, display name, person, client, client name, customer, customer name, vollstandiger name, kontakt, kunde, nom complet, nom et prenom, nombre completo, nome completo, nominativo, volledige naam, naam, imie i nazwisko",
  ),
  field(
    "givenName",
    "Given name",
    "given name, given, first name, first, firstname, forename, christian name, vorname, prenom, nombre, nombre de pila, primer nombre, nome, voornaam, imie, primeiro nome",
  ),
  field(
    "familyName",
    "Family name",
    "family name, family, last name, last, lastname, surname, nachname, familienname, zuname, nom, nom de famille, apellido, apellidos, cognome, achternaam, familienaam, nazwisko, sobrenome, apelido, ultimo nome",
  ),
  field(
    "kind",
    "Kind (person, company or estate)",
    "kind, type, contact type, record type, art, kontaktart, typ, tipo, soort, rodzaj",
  ),
  field(
    "company",
    "Company",
    "company, company name, organisation, organization, organisation name, organization name, employer, business, business name, firm, firma, firmenname, unternehmen, organisation firma, entreprise, societe, raison sociale, empresa, organizacion, azienda, societa, ragione sociale, bedrijf, bedrijfsnaam, organisatie, nazwa firmy, przedsiebiorstwo",
  ),
  field(
    "jobTitle",
    "Job title",
    "job title, title, position, role, job, function, funktion, beruf, berufsbezeichnung, stelle, fonction, poste, titre, cargo, puesto, ruolo, posizione, mansione, functie, stanowisko",
  ),
  field(
    "email",
    "Email",
    "email, e mail, mail, email address, e mail address, mail address, emailaddress, e mail adresse, emailadresse, mailadresse, courriel, adresse e mail, adresse email, adresse courriel, correo, correo electronico, direccion de correo electronico, posta elettronica, indirizzo email, e mailadres, adres e mail, adres email, primary email",
    { many: true, looksLike: looksLikeEmail },
  ),
  field(
    "workEmail",
    "Email, at work",
    "work email, email work, business email, e mail work, e mail geschaftlich",
    many,
  ),
  field("homeEmail", "Email, at home", "home email, email home, private email, personal email, e mail privat", many),
  field(
    "phone",
    "Phone",
    "phone, phone number, telephone, telephone number, tel, tel no, telefon, telefonnummer, rufnummer, telephone fixe, numero de telephone, telefono, numero de telefono, numero di telefono, telefoon, telefoonnummer, telefone, nr telefonu, numer telefonu, primary phone",
    { many: true, looksLike: looksLikePhone },
  ),
  field(
    "mobile",
    "Phone, mobile",
    "mobile, mobile phone, mobile number, cell, cell phone, cellphone, handy, handynummer, mobil, mobiltelefon, mobilnummer, portable, telephone portable, movil, telefono movil, cellulare, mobiel, telemovel, celular, komorka, telefon komorkowy",
    many,
  ),
  field(
    "workPhone",
    "Phone, at work",
    "work phone, business phone, office phone, phone work, office, telefon geschaftlich, telefon buro, telephone bureau, telefono trabajo",
    many,
  ),
  field(
    "homePhone",
    "Phone, at home",
    "home phone, phone home, private phone, telefon privat, telephone domicile",
    many,
  ),
  field("fax", "Fax", "fax, fax number, faxnummer, telefax", many),
  field(
    "street",
    "Street",
    "street, street address, address, address line, address line 1, address 1, postal address, strasse, strasse und hausnummer, anschrift, adresse, rue, calle, direccion, domicilio, via, indirizzo, straat, adres, rua, morada, endereco, ulica, home address, work address",
  ),
  field("street2", "Street, second line", "address line 2, address 2, street 2, adresszusatz, complement d adresse"),
  field(
    "city",
    "Town or city",
    "city, town, town city, city town, locality, place, ort, stadt, wohnort, ville, ciudad, poblacion, localidad, citta, comune, plaats, woonplaats, stad, cidade, miasto, miejscowosc",
  ),
  field(
    "region",
    "County or region",
    "region, county, state, province, state province, bundesland, departement, provincia, regione, provincie, estado, wojewodztwo",
  ),
  field(
    "postalCode",
    "Postcode",
    "postcode, post code, postal code, zip, zip code, zipcode, plz, postleitzahl, code postal, cp, codigo postal, cap, codice postale, codigo de endereco postal, kod pocztowy",
  ),
  field("country", "Country", "country, country code, nation, land, pays, pais, paese, nazione, kraj"),
  field(
    "tags",
    "Tags",
    "tag, tags, label, labels, category, categories, group, groups, segment, schlagworte, kategorie, kategorien, gruppe, gruppen, etiquettes, categorie, groupe, etiquetas, categoria, grupo, etichette, gruppo, labels groepen, kategoria, grupa",
    many,
  ),
  field(
    "notes",
    "Notes",
    "note, notes, comment, comments, remark, remarks, notiz, notizen, bemerkung, bemerkungen, kommentar, anmerkung, remarque, remarques, commentaire, nota, notas, observaciones, commenti, opmerking, opmerkingen, uwagi, notatki",
    many,
  ),
];
