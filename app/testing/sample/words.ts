/** Words from which sample contacts are put together. Phone numbers are from ranges kept free for fiction; domains end in `.example`. */

export const givenNames = (
  "Folasade Ann Tom Jean-Marc Inés Tanvir Amélie Miles Rosalind Kunle Priya Oluwaseun Siobhán Łukasz Søren Ayşe Mehmet " +
  "Chiara Giulia Matteo Zoë Noor Fatima Yusuf Ingrid Lars Katarzyna Piotr Agnieszka Joaquín Beatriz Rui Marta Dimitra " +
  "Eleni Nikos Aoife Ciarán Niamh Gareth Rhiannon Eilidh Callum Hamish Grace Samuel Esther Kwame Abena Thandiwe Sipho " +
  "Arjun Meera Sunita Wei Mei-Ling Haruto Yuki Min-jun Seo-yeon Linh Nguyên Daniel Rachel David Hannah Thomas Margaret " +
  "Arthur Florence Edith Walter Maud Harold Winifred Ruth Leonard Jürgen Anneliese Björn Élodie Thérèse François"
).split(" ");

export const familyNames = (
  "Adebayo Okafor Baptiste Castellanos Chowdhury Delacroix Carver Brandt Hale Whitcombe Ashworth Pemberton Ogilvie " +
  "MacLeod O’Connor Ní-Bhriain Llewellyn Pritchard Kowalska Wójcik Nowak Şahin Yıldız Demir Rossi Ferrari Bianchi " +
  "Sørensen Lindqvist Ødegård Papadopoulos Karagiannis Silva Ferreira Mendoza Ibáñez Müller Schäfer Weiß Dubois " +
  "Lefèvre Van-der-Berg Janssen Haddad Rahman Patel Sharma Iyer Chen Wang Tanaka Sato Kim Park Tran Mensah Owusu " +
  "Dlamini Nkosi Thornbury Fairweather Blackwood Hartley Greenhalgh Sedgwick Ramsbottom Entwistle Nethercott"
).split(" ");

export const trades = (
  "Ceramics|Joinery|Bakery|Books|Timber|Landscapes|Lighting|Textiles|Roofing|Printing|Vineyards|Nurseries|Surveyors|" +
  "Architects|Dental Practice|Veterinary Group|Instruments|Bicycles|Upholstery|Stonework|Coffee Roasters|Boatyard"
).split("|");

export const legalForms = ["Ltd", "Ltd", "Ltd", "LLP", "& Sons", "GmbH", "SARL", "S.L.", "BV", "CIC", ""];

export const jobTitles = (
  "Owner|Managing Director|Office Manager|Finance Director|Head of Purchasing|Trustee|Bookkeeper|Partner|Site Manager|" +
  "Company Secretary|Workshop Lead|Marketing Manager|Solicitor|Estate Manager"
).split("|");

export const streets = (
  "Kiln Row|Mill Lane|Station Road|Church Street|Orchard Close|High Street|Albert Terrace|Canal Wharf|Victoria Road|" +
  "Quarry Hill|Priory Gardens|Tanner’s Yard|Bridge Street|Harbour View|Foundry Lane|Chapel Walk|Elm Grove|Market Place"
).split("|");

/** City, postcode district, the fictional phone range of the place (last three digits are added). */
export const ukPlaces: readonly (readonly [string, string, string])[] = [
  ["London", "E8 4", "020 7946 0"],
  ["London", "SW4 9", "020 7946 0"],
  ["Manchester", "M4 1", "0161 496 0"],
  ["Birmingham", "B3 2", "0121 496 0"],
  ["Leeds", "LS2 7", "0113 496 0"],
  ["Sheffield", "S1 2", "0114 496 0"],
  ["Bristol", "BS1 6", "0117 496 0"],
  ["Edinburgh", "EH3 6", "0131 496 0"],
  ["Glasgow", "G1 3", "0141 496 0"],
  ["Liverpool", "L1 8", "0151 496 0"],
  ["Cardiff", "CF10 1", "029 2018 0"],
];

export const tagNames = [
  "client",
  "prospect",
  "supplier",
  "newsletter",
  "trustee",
  "probate",
  "press",
  "donor",
  "former client",
];

export const remarks = [
  "Prefers to be called after four.",
  "Asked for a quote on the lease; second kiln planned for the autumn.",
  "Met at the spring open studio.",
  "Sends cheques. Please acknowledge by letter.",
  "Speaks French and English.",
  "Accounts are handled by the daughter.",
  "Wants the year-end letter in large print.",
  "Away every August.",
  "Introduced by Tanvir Chowdhury.",
  "New premises from January; check the address before writing.",
];

/** Names that no rule of thumb covers: other scripts, one word, very long, particles, apostrophes. */
export const unusualPeople: readonly (readonly [given: string | null, family: string | null, typed: string | null])[] =
  [
    ["太郎", "山田", "山田 太郎"],
    ["Ελένη", "Παπαδοπούλου", null],
    ["Ольга", "Соколова", null],
    ["فاطمة", "الزهراء", null],
    [null, null, "Sukarno"],
    ["María de los Ángeles", "Fernández de Córdoba y Álvarez de Toledo", null],
    ["D’Arcy", "O’Shaughnessy-Smythe", null],
    ["Mary", "Smith", "Mary Smith (née Jones)"],
    ["नीलम", "शर्मा", null],
    ["민준", "김", "김민준"],
  ];
