/** Who lives in the demo world: the agency's contacts, as the CRM knows them, each with a mailbox of their own. */
import type { Mailbox } from './compose';

export interface DemoContact extends Mailbox {
  readonly key: string;
  readonly phone: string;
  readonly companyName: string;
  readonly city: string;
  readonly country: string;
  readonly tags: readonly string[];
  /** Set on people who asked not to be written to. */
  readonly doNotDisturb?: true;
  /** Has left the company, and the address with it: mails to it are refused. */
  readonly gone?: true;
}

const contact = (
  key: string,
  name: string,
  email: string,
  phone: string,
  companyName: string,
  place: string,
  tags: readonly string[],
): DemoContact => {
  const [city, country] = place.split(', ');
  return { key, name, email, phone, companyName, city, country, tags };
};

export const CONTACTS: readonly DemoContact[] = [
  contact('ana', 'Ana Pereira', 'ana@azulejo.example', '+351210000001', 'Azulejo Studio', 'Lisbon, PT', [
    'customer',
    'spring-2026',
  ]),
  contact('bruno', 'Bruno Keller', 'b.keller@keller-bau.example', '+41440000002', 'Keller Bau AG', 'Zürich, CH', [
    'lead',
    'germany',
  ]),
  contact('yuki', '田中 由紀', 'tanaka@sakura-trading.example', '+81300000003', '桜商事株式会社', 'Tokyo, JP', [
    'customer',
    'japan',
  ]),
  contact('chloe', 'Chloé Martin', 'chloe@atelier-martin.example', '+33400000004', 'Atelier Martin', 'Lyon, FR', [
    'customer',
  ]),
  contact('david', 'David Okafor', 'david@okafor-logistics.example', '+2341000005', 'Okafor Logistics', 'Lagos, NG', [
    'lead',
  ]),
  contact('eleni', 'Ελένη Παπαδάκη', 'eleni@aegean-tours.example', '+30210000006', 'Aegean Tours', 'Athens, GR', [
    'customer',
    'spring-2026',
  ]),
  contact('farah', 'Farah Haddad', 'farah@cedar-clinic.example', '+9611000007', 'Cedar Clinic', 'Beirut, LB', [
    'lead',
    'spring-2026',
  ]),
  contact(
    'george',
    "George O'Neill",
    'george@oneill-books.example',
    '+35310000008',
    "O'Neill & Daughters, Books",
    'Dublin, IE',
    ['customer', 'spring-2026'],
  ),
  contact('hanna', 'Hanna Lindqvist', 'hanna@nordljus.example', '+4680000009', 'Nordljus AB', 'Stockholm, SE', [
    'lead',
    'spring-2026',
  ]),
  contact('ivan', 'Ivan Horvat', 'ivan@horvat-wine.example', '+3851000010', 'Horvat Wine', 'Zagreb, HR', ['customer']),
  {
    ...contact(
      'julia',
      'Julia Brandt',
      'julia.brandt@brandt-recht.example',
      '+49300000011',
      'Kanzlei Brandt',
      'Berlin, DE',
      ['former'],
    ),
    doNotDisturb: true,
  },
  {
    ...contact('kim', 'Kim Park', 'kim.park@harbour-cafe.example', '+8220000012', 'Harbour Café', 'Busan, KR', [
      'lead',
    ]),
    gone: true,
  },
];

/** People of the user's own life, whom the CRM does not know. */
export const FRIENDS = {
  sam: { name: 'Sam Rivera', email: 'sam.rivera@post.example' },
  mum: { name: 'Mum', email: 'margaret.agent@post.example' },
  jonas: { name: 'Jonas Weber', email: 'jonas.weber@post.example' },
  dentist: { name: 'Dr. Lee, Dental Practice', email: 'reception@drlee-dental.example' },
  landlord: { name: 'Hill Street Letting', email: 'office@hillstreet.example' },
  bank: { name: 'First Harbour Bank', email: 'statements@firstharbour.example' },
  shop: { name: 'Paper & Pine', email: 'orders@paperandpine.example' },
  news: { name: 'The Morning Ledger', email: 'newsletter@morningledger.example' },
  weekly: { name: 'Build Weekly', email: 'hello@buildweekly.example' },
  rail: { name: 'Coastline Rail', email: 'tickets@coastline-rail.example' },
} satisfies Record<string, Mailbox>;

export function contactOf(key: string): DemoContact {
  const found = CONTACTS.find((entry) => entry.key === key);
  if (found === undefined) throw new Error(`no contact ${key}`);
  return found;
}
