/** The fields that a column of tracked transactions can go to, and what such columns are called in eight languages. */
import { type SubjectField } from "~/features/pipeline/subject";

function field(id: string, label: string, words: string, more: Partial<SubjectField> = {}): SubjectField {
  return { id, label, many: false, words: words.split(", "), onlyNamed: true, ...more };
}

export const transactionFields: readonly SubjectField[] = [
  field(
    "transactionId",
    "Transaction ID",
    "transaction id, transactionid, transaction, order id, ecommerce transaction id, transaktions id, transaktion, id de transaction, id de la transaction, id de transaccion, id transaccion, id transazione, transactie id, id transakcji, id da transacao, id da transacao",
    { anyText: true },
  ),
  field("day", "Day", "date, day, event date, datum, tag, jour, fecha, dia, data, giorno, dag, dzien"),
  field(
    "at",
    "At",
    "time, timestamp, date and time, event timestamp, date hour and minute, datetime, zeitpunkt, zeitstempel, uhrzeit, horodatage, fecha y hora, data e ora, tijdstip, znacznik czasu, data e hora",
  ),
  field(
    "value",
    "Value",
    "value, revenue, purchase revenue, event value, total revenue, transaction revenue, ecommerce revenue, wert, umsatz, kaufumsatz, gesamtumsatz, revenu, revenu d achat, valeur, valor, ingresos, ingresos de compras, valore, entrate, entrate da acquisti, waarde, omzet, aankoopopbrengst, wartosc, przychody, receita",
  ),
  field(
    "currency",
    "Currency",
    "currency, currency code, event currency, wahrung, waehrung, wahrungscode, devise, monnaie, moneda, divisa, valuta, waluta, moeda",
    { resembles: { is: (value) => /^[A-Z]{3}$/.test(value.trim()), plural: "currency codes", enough: 0.9 } },
  ),
  field(
    "events",
    "Number of events",
    "events, event count, transactions, purchases, ecommerce purchases, ereignisse, anzahl ereignisse, ereignisanzahl, transaktionen, kaufe, evenements, nombre d evenements, transactions count, achats, eventos, numero de eventos, compras, eventi, conteggio eventi, acquisti, gebeurtenissen, aantal gebeurtenissen, aankopen, zdarzenia, liczba zdarzen, zakupy",
  ),
  field("rounded", "Rounded", "rounded, was rounded, gerundet, arrondi, redondeado, arrotondato, afgerond"),
  field(
    "property",
    "Property",
    "property, property id, property name, stream, stream name, ga4 property, konto, propiete, propriete, propiedad, proprieta, propriedade",
    {
      anyText: true,
    },
  ),
];
