import { likenesses, looksLikeEmail, looksLikePhone } from "~/features/contacts/subject/contact-likenesses";
import { consentSubjectFields } from "~/features/contacts/subject/contact-subject-consent";
import { ID_FIELD } from "~/features/contacts/subject/contact-subject-id";
import { addressField, addressName, MOST_ADDRESSES_OF_A_ROW } from "~/features/contacts/subject/address-fields";
import { type SubjectField } from "~/features/pipeline/subject";

/** The fields that a column of a contact list can go to, and what such columns are called in eight languages. */

function field(id: string, label: string, words: string, more: Partial<SubjectField> = {}): SubjectField {
  const plain = id.replace(/^\d+:/, "");
  return { id, label, many: false, words: words.split(", "), list: plain, ...likenesses[plain], ...more };
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

/** Those that a person is offered; the rest only come from files of our own. */
const OFFERED_ADDRESSES = 3;

/** "Second address", "Third address" */

function furtherAddress(place: number): SubjectField[] {
  const name = addressName(place);
  const parts = { addressLabel: "label", street: "street", city: "town", region: "region", postalCode: "postcode" };
  const unlisted = place >= OFFERED_ADDRESSES ? { unlisted: true } : {};
  const further = (id: string, what: string, more = {}) =>
    field(addressField(id, place), `${name}: ${what}`, `${name} ${what}`.toLowerCase(), { ...unlisted, ...more });
  return [
    ...Object.entries(parts).map(([id, what]) => further(id, what)),
    further("street2", "second line", many),
    further("country", "country"),
    further("addressNote", "note"),
  ];
}

export const contactSubjectFields: readonly SubjectField[] = [
  field(
    "name",
    "Full name",
    "name, full name, fullname, contact, contact name, display name, person, client, client name, customer, customer name, vollstandiger name, kontakt, kunde, nom complet, nom et prenom, nombre completo, nome completo, nominativo, volledige naam, naam, imie i nazwisko, kontaktname, ansprechpartner, ansprechpartnerin, name vorname, kundenname, nom du contact, nom du client, contacto, nombre y apellidos, nombre del contacto, nombre del cliente, cliente, contatto, nome e cognome, cognome e nome, contactpersoon, naam contactpersoon, klant, klantnaam",
  ),
  field("wholeName", "Full name, left whole", "name as written"),
  field("listName", "Full name, as lists write it", "name as listed", { unlisted: true }),
  field(
    "givenName",
    "Given name",
    "given name, given, first name, first, firstname, forename, christian name, vorname, prenom, nombre, nombre de pila, primer nombre, nome, voornaam, imie, primeiro nome, rufname, prenoms, nombres, nome di battesimo, roepnaam, voornamen",
  ),
  field(
    "familyName",
    "Family name",
    "family name, family, last name, last, lastname, surname, nachname, familienname, zuname, nom, nom de famille, apellido, apellidos, cognome, achternaam, familienaam, nazwisko, sobrenome, apelido, ultimo nome, name nachname, nom famille, primer apellido, cognomi, geslachtsnaam",
  ),
  field("middleName", "Middle name", "middle name, middle names, additional name, zweiter vorname, weitere vornamen"),
  field("namePrefix", "Title before the name", "name prefix, prefix, anrede"),
  field("nameSuffix", "Letters after the name", "name suffix, suffix"),
  field(
    "kind",
    "Kind (person, company or estate)",
    "kind, type, contact type, record type, art, kontaktart, typ, tipo, soort, rodzaj, kundentyp, type de contact, tipo de contacto, tipo di contatto, type contact, contacttype, soort contact",
  ),
  field(
    "company",
    "Company",
    "company, company name, organisation, organization, organisation name, organization name, employer, business, business name, firm, firma, firmenname, unternehmen, organisation firma, entreprise, societe, raison sociale, empresa, organizacion, azienda, societa, ragione sociale, bedrijf, bedrijfsnaam, organisatie, nazwa firmy, przedsiebiorstwo, firmenbezeichnung, betrieb, arbeitgeber, gesellschaft, nom de l entreprise, nom de la societe, organisme, employeur, compania, nombre de la empresa, razon social, sociedad, nome azienda, nome dell azienda, ditta, impresa, organizzazione, onderneming, firmanaam, werkgever, handelsnaam",
  ),
  field(
    "jobTitle",
    "Job title",
    "job title, title, position, role, job, function, funktion, beruf, berufsbezeichnung, stelle, fonction, poste, titre, cargo, puesto, ruolo, posizione, mansione, functie, stanowisko, jobtitel, position im unternehmen, tatigkeit, rolle, intitule du poste, metier, profession, profesion, ocupacion, puesto de trabajo, qualifica, professione, incarico, functietitel, beroep, functienaam, rol",
  ),
  field(
    "email",
    "Email",
    "email, e mail, mail, email address, e mail address, mail address, emailaddress, e mail adresse, emailadresse, mailadresse, courriel, adresse e mail, adresse email, adresse courriel, correo, correo electronico, direccion de correo electronico, posta elettronica, indirizzo email, e mailadres, adres e mail, adres email, primary email, e mail adressen, emails, e mails, mails, mel, adresse mail, adresse de courriel, adresse electronique, adresse de messagerie, email address 1, direccion de correo, direccion email, direccion e mail, direccion electronica, correos, correo e, indirizzo e mail, indirizzo di posta elettronica, indirizzo mail, mail adres, mailadres, emailadres, e mailadressen",
    { many: true, looksLike: looksLikeEmail, valuesCalled: "emails", list: "email" },
  ),
  field("emailLabel", "Label of the email beside it", "email label", many),
  field("emailNote", "Note on the email before it", "email note", many),
  field(
    "workEmail",
    "Email, at work",
    "work email, email work, business email, e mail work, e mail geschaftlich, e mail arbeit, e mail dienstlich, email geschaftlich, dienstliche e mail, e mail buro, e mail professionnel, email professionnel, mail professionnel, courriel professionnel, e mail pro, email pro, email trabajo, correo trabajo, correo del trabajo, correo profesional, correo corporativo, email lavoro, e mail lavoro, email aziendale, email ufficio, e mail werk, email werk, zakelijk e mailadres, e mail zakelijk",
    many,
  ),
  field(
    "homeEmail",
    "Email, at home",
    "home email, email home, private email, personal email, e mail privat, private e mail, email privat, e mail zuhause, e mail personnel, email personnel, mail personnel, courriel personnel, email personal, correo personal, correo particular, email personale, e mail personale, email casa, email privata, e mail prive, email prive, prive e mail",
    many,
  ),
  field(
    "phone",
    "Phone",
    "phone, phones, phone number, phone numbers, telephone, telephones, telephone number, telephone numbers, tel, tel no, telefon, telefonnummer, rufnummer, telephone fixe, numero de telephone, telefono, numero de telefono, numero di telefono, telefoon, telefoonnummer, telefone, nr telefonu, numer telefonu, primary phone, telefonnr, tel nr, telefonnummern, telefon nr, fon, festnetz, festnetznummer, numero telephone, no de telephone, n de telephone, tel fixe, fixe, ligne fixe, telephone 1, telefono fijo, fijo, numero telefono, num telefono, telefono fisso, fisso, recapito telefonico, telefoonnr, telefoonnummers, vast telefoonnummer, vaste telefoon, vast nummer",
    { many: true, looksLike: looksLikePhone, valuesCalled: "phone numbers", list: "phone" },
  ),
  field("phoneLabel", "Label of the phone beside it", "phone label", many),
  field("phoneNote", "Note on the phone before it", "phone note", many),
  field(
    "mobile",
    "Phone, mobile",
    "mobile, mobile phone, mobile number, cell, cell phone, cellphone, handy, handynummer, mobil, mobiltelefon, mobilnummer, portable, telephone portable, movil, telefono movil, cellulare, mobiel, telemovel, celular, komorka, telefon komorkowy, handynr, mobilfunk, mobilfunknummer, mobiltelefonnummer, mobilrufnummer, natel, tel mobil, tel portable, mobile phone number, telephone mobile, numero de portable, numero portable, gsm, celular movil, telefono celular, numero de movil, numero movil, tel movil, telefono cellulare, telefonino, numero di cellulare, numero cellulare, telefono mobile, mobiele telefoon, mobiel nummer, mobiel telefoonnummer, gsm nummer, 06 nummer",
    many,
  ),
  field(
    "workPhone",
    "Phone, at work",
    "work phone, business phone, office phone, phone work, office, telefon geschaftlich, telefon buro, telephone bureau, telefono trabajo, telefon arbeit, telefon dienstlich, telefon firma, telefon im buro, dienstnummer, tel geschaftlich, tel dienstlich, telephone professionnel, telephone travail, tel professionnel, tel bureau, ligne directe, telefono del trabajo, telefono oficina, telefono de oficina, telefono empresa, telefono ufficio, telefono lavoro, telefono di lavoro, telefono aziendale, tel ufficio, telefoon werk, telefoon zakelijk, zakelijk telefoonnummer, werktelefoon, doorkiesnummer",
    many,
  ),
  field(
    "homePhone",
    "Phone, at home",
    "home phone, phone home, private phone, telefon privat, telephone domicile, telefon zuhause, tel privat, privatnummer, telefon private, telephone personnel, telephone maison, tel domicile, tel personnel, telefono casa, telefono de casa, telefono particular, telefono personal, telefono di casa, telefono abitazione, telefono personale, telefoon thuis, telefoon prive, thuistelefoon",
    many,
  ),
  field(
    "fax",
    "Fax",
    "fax, fax number, faxnummer, telefax, faxnr, fax nr, fax geschaftlich, telefaxnummer, telecopie, telecopieur, numero de fax, n de fax, numero di fax, numero fax, faxnummers",
    many,
  ),
  field("addressLabel", "Label of the address", "address label"),
  field(
    "street",
    "Street",
    "street, street address, address, address line, address line 1, address 1, postal address, strasse, strasse und hausnummer, anschrift, adresse, rue, calle, direccion, domicilio, via, indirizzo, straat, adres, rua, morada, endereco, ulica, home address, work address, strasse nr, strasse hausnr, strasse und nr, str, postanschrift, wohnanschrift, hausanschrift, adresse 1, adresse ligne 1, adresse postale, numero et rue, voie, nom de rue, domicilio postal, direccion postal, direccion 1, calle y numero, nombre de la calle, via e numero, via e numero civico, indirizzo postale, indirizzo 1, domicilio fiscale, straatnaam, straat en huisnummer, straat en nummer, postadres, adresregel 1, adres 1",
  ),
  field(
    "street2",
    "Street, second line",
    "address line 2, address 2, street 2, adresszusatz, complement d adresse, adresse 2, adresszeile 2, adresse ligne 2, complement adresse, direccion 2, piso, linea de direccion 2, indirizzo 2, riga indirizzo 2, adresregel 2, adres 2, address line2",
    many,
  ),
  field(
    "city",
    "Town or city",
    "city, town, town city, city town, locality, place, ort, stadt, wohnort, ville, ciudad, poblacion, localidad, citta, comune, plaats, woonplaats, stad, cidade, miasto, miejscowosc, stadt ort, wohnsitz, gemeinde, commune, localite, ville ou commune, municipio, ciudad poblacion, citta comune, localita, gemeente, vestigingsplaats",
  ),
  field(
    "region",
    "County or region",
    "region, county, state, province, state province, bundesland, departement, provincia, regione, provincie, estado, wojewodztwo, region bundesland, land bundesland, kanton, canton, landkreis, comunidad autonoma, provincia regione, prov, provincie regio, regio",
  ),
  field(
    "postalCode",
    "Postcode",
    "postcode, post code, postal code, zip, zip code, zipcode, plz, postleitzahl, code postal, cp, codigo postal, cap, codice postale, codigo de endereco postal, kod pocztowy, postleit zahl, code postale, cod postal, c p, c a p, cod postale, codice avviamento postale",
  ),
  field(
    "country",
    "Country",
    "country, country code, nation, land, pays, pais, paese, nazione, kraj, landercode, landerkennzeichen, staat, pays region, code pays, pais region, codigo de pais, codigo pais, paese regione, codice paese, stato nazione, landcode, land regio, landnaam",
  ),
  field("addressNote", "Note on the address", "address note"),
  ...Array.from({ length: MOST_ADDRESSES_OF_A_ROW - 1 }, (_, index) => furtherAddress(index + 1)).flat(),
  field(
    "birthday",
    "Birthday",
    "birthday, date of birth, birth date, birthdate, dob, born, geburtstag, geburtsdatum, geboren, geboren am, date de naissance, anniversaire, naissance, fecha de nacimiento, nacimiento, cumpleanos, data di nascita, compleanno, geboortedatum, verjaardag, data de nascimento, data urodzenia",
  ),
  field(
    "diedOn",
    "Died on",
    "died on, died, date of death, deceased on, death date, todesdatum, sterbedatum, verstorben am, gestorben am, date de deces, fecha de fallecimiento, data di morte, overlijdensdatum",
  ),
  field(
    "language",
    "Language",
    "language, preferred language, mother tongue, sprache, korrespondenzsprache, muttersprache, langue, idioma, lingua, taal, jezyk, lingua preferita",
  ),
  field(
    "timeZone",
    "Time zone",
    "time zone, timezone, zeitzone, fuseau horaire, zona horaria, huso horario, fuso orario, tijdzone, fuso horario, strefa czasowa",
  ),
  field(
    "owner",
    "Looked after by",
    "looked after by, owner, contact owner, record owner, account owner, account manager, relationship manager, assigned to, betreuer, betreuerin, betreut von, kundenbetreuer, zustandig, responsable, gestor, responsabile, accountmanager, contactpersoon intern",
  ),
  field(
    "tags",
    "Tags",
    "tag, tags, label, labels, category, categories, group, groups, segment, schlagworte, kategorie, kategorien, gruppe, gruppen, etiquettes, categorie, groupe, etiquetas, categoria, grupo, etichette, gruppo, labels groepen, kategoria, grupa, schlagwort, schlagworter, stichwort, stichworte, stichworter, kennzeichen, kennzeichnung, etikett, etiketten, markierung, markierungen, rubrik, mots cles, mot cle, etiquette, libelle, libelles, groupes, categorie client, palabras clave, palabra clave, etiqueta, categorias, grupos, segmento, parole chiave, parola chiave, etichetta, gruppi, segmentazione, trefwoord, trefwoorden, sleutelwoord, sleutelwoorden, categorieen, labels tags, groep, groepen, segmenten",
    many,
  ),
  ...consentSubjectFields,
  field(ID_FIELD, "Tallybook ID", "tallybook id"),
  field(
    "notes",
    "Notes",
    "note, notes, comment, comments, remark, remarks, notiz, notizen, bemerkung, bemerkungen, kommentar, anmerkung, remarque, remarques, commentaire, nota, notas, observaciones, commenti, opmerking, opmerkingen, uwagi, notatki, hinweis, hinweise, anmerkungen, kommentare, vermerk, infos, commentaires, observation, observations, note interne, observacion, comentario, comentarios, notas internas, appunti, appunto, commento, osservazioni, annotazioni, aantekening, aantekeningen, notitie, notities, toelichting, commentaar",
    many,
  ),
];
