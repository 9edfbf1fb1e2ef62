/** The emulator's own calls: the world's state, time, the sidebar, and what people do outside Gmail. */
import { ask } from './http';

export interface Account {
  readonly email: string;
  readonly name?: string;
  readonly kind: 'google' | 'external';
  /** Opens the Gmail API of a Google account. */
  readonly token?: string;
  /** Of an outside mailbox. */
  readonly behaviour?: { readonly delivery: string; readonly autoReply: string };
}

export interface CrmPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** What Gmail shows of an add-on before it runs, out of its manifest. */
export interface AddOn {
  readonly name: string;
  readonly menu: readonly { readonly label: string; readonly function: string }[];
  /** What it offers in a window in which a mail is written; left out where it offers nothing. */
  readonly compose?: string;
}

export interface WorldState {
  /** Milliseconds. */
  readonly clock: number;
  readonly seed: number;
  readonly world?: 'empty' | 'demo';
  readonly addOn: AddOn;
  readonly accounts: readonly Account[];
  readonly crm: {
    readonly locationId: string;
    readonly token: string;
    readonly providerId: string;
    readonly users: readonly CrmPerson[];
    readonly contacts: readonly CrmPerson[];
  };
  readonly triggers: readonly { user: string; handler: string; everyMinutes?: number; at?: number }[];
  readonly properties: Readonly<Record<string, { count: number; bytes: number }>>;
}

export interface Execution {
  readonly ok: boolean;
  readonly error?: string;
  readonly killed?: boolean;
  readonly user?: string;
  readonly function?: string;
  readonly virtualMs: number;
  readonly calls: number;
  readonly rounds: number;
}

/** Where the add-on is open; beside a mail that is written, with its recipients, addresses with commas between. */
export interface Place {
  readonly at: 'home' | 'thread' | 'message' | 'compose';
  readonly id?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly bcc?: string;
}

export interface SidebarAnswer {
  readonly cards?: readonly unknown[];
  readonly navigation?: readonly unknown[];
  readonly notification?: unknown;
  readonly openLink?: unknown;
  /** Texts, where an input asked for suggestions. */
  readonly suggestions?: unknown;
  /** What becomes of the mail that is being written: `{to?, cc?, bcc?, subject?, body?: {contents, updateType}}`. */
  readonly updateDraft?: unknown;
  /** A draft that is to be opened for writing: `{id, threadId}`. */
  readonly openDraft?: unknown;
  /** What the user has to allow first: `{authorizationUrl, resourceDisplayName, customUiCallback?}`. */
  readonly authorization?: unknown;
}

export interface NewFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export interface CrmSend {
  readonly user: string;
  readonly to: string | readonly string[];
  readonly kind: 'individual' | 'bulk' | 'workflow' | 'api';
  readonly channel: 'default' | 'gmail';
  readonly from?: string;
  readonly subject: string;
  readonly html: string;
  readonly cc?: readonly string[];
  readonly attachments?: readonly NewFile[];
  readonly replyTo?: { emailMessageId: string; threadId: string; conversationId: string };
}

export interface ReceivedMail {
  readonly raw: string;
  readonly at: number;
}

export interface Delivery {
  readonly delivered: readonly { account: string }[];
  readonly refused: readonly { to: string; reason: string }[];
}

const post = (path: string, body: unknown = {}) => ask(`/emulator/${path}`, { method: 'POST', body });

export const readState = async () => (await ask('/emulator/state')) as WorldState;

export const resetWorld = async (world: 'empty' | 'demo') => {
  await post('reset', { world });
};

/** With `fire` false the timers' times pass without a run. */
export const advanceClock = async (advanceMs: number, fire = true) =>
  (await post('clock', { advanceMs, fire })) as { clock: number; executions: Execution[] };

export const syncNow = async () => (await post('sync')) as { executions: Execution[] };

export const openSidebar = async (user: string, place: Place) => {
  const query = new URLSearchParams({ user, ...place });
  return (await ask(`/emulator/sidebar?${query.toString()}`)) as SidebarAnswer;
};

export const clickInSidebar = async (
  user: string,
  place: Place,
  click: {
    function: string;
    parameters: Readonly<Record<string, string>>;
    formInputs: Readonly<Record<string, unknown>>;
  },
) => (await post('sidebar/action', { user, ...place, ...click })) as SidebarAnswer;

export const sendFromCrm = async (send: CrmSend) =>
  (await post('crm/send', send)) as { emailMessageId: string; status?: string };

/** What the CRM notices of a mail that it sent: `opened`, `clicked`, `failed`. */
export const trackEmail = async (emailMessageId: string, status: string, error?: string) => {
  await post('crm/track', { emailMessageId, status, ...(error === undefined ? {} : { error }) });
};

export const readSettings = async () => (await ask('/emulator/crm/settings')) as Readonly<Record<string, unknown>>;

export const changeSettings = async (change: Readonly<Record<string, unknown>>) => {
  await ask('/emulator/crm/settings', { method: 'PUT', body: change });
};

export const readMailbox = async (address: string) =>
  (await ask(`/emulator/mailbox?address=${encodeURIComponent(address)}`)) as ReceivedMail[];

/** How an outside mailbox treats what comes: `takes`, `refuses`, `bounces`, or `away`, which takes it and answers. */
export const setMailbox = async (address: string, does: string) => {
  const away = does === 'away';
  const body = { address, delivery: away ? 'takes' : does, autoReply: away ? 'I am away until Monday.' : '' };
  await ask('/emulator/mailbox', { method: 'PUT', body });
};

export const sendRawMail = async (from: string, to: readonly string[], raw: Uint8Array) => {
  const query = new URLSearchParams([['from', from], ...to.map((address) => ['to', address])]);
  return (await ask(`/emulator/mail?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822' },
    body: raw,
  })) as Delivery;
};
