/** The add-on as it is shipped, in a world of its own, and the sidebar as a person reads and clicks it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AppsScriptManifest } from '../../../emulator/apps-script/manifest';
import type { CrmSend } from '../../../emulator/core/services';
import { choicesOf, clickThatDoes, clicksIn, formOf, linksIn, textOf } from '../../../emulator/world/card-reader';
import type { FormInputs, Place } from '../../../emulator/world/events';
import { connect, type Connecting } from '../../../emulator/world/person';
import {
  chooseFromMenu,
  clickInSidebar,
  openSidebar,
  shownCards,
  type SidebarAnswer,
} from '../../../emulator/world/sidebar';
import { World, type WorldState } from '../../../emulator/world/world';
import { buildAddon, root } from '../../build/built';
import { editState } from '../../whole/remembered';

export const AGENT = 'agent@example.com';
export const MINUTE = 60_000;
const HOME: Place = { at: 'home' };

let world: World | undefined;
let fresh: WorldState | undefined;

/** The bundle is built once for a test file, and the empty world is made once. */
export function newSidebar(): Sidebar {
  world ??= World.create({ seed: 7, world: 'empty', ...addon() });
  if (fresh === undefined) fresh = world.snapshot();
  else world.restore(fresh);
  return new Sidebar(world);
}

/** Connected a minute ago. */
export function connectedSidebar(): Sidebar {
  const bar = newSidebar().connect();
  bar.world.advance(MINUTE, false);
  return bar;
}

export function addon(): { bundle: string; manifest: AppsScriptManifest } {
  const built = buildAddon();
  built.remove();
  const manifest = JSON.parse(readFileSync(path.join(root, 'appsscript.json'), 'utf8')) as AppsScriptManifest;
  return { bundle: built.code, manifest };
}

export class Sidebar {
  /** What was shown last, and what Gmail said with it. */
  cards: readonly unknown[] = [];
  notice = '';
  private place: Place = HOME;

  constructor(
    readonly world: World,
    readonly user = AGENT,
  ) {}

  /** The same world as another Google account sees it. */
  as(user: string): Sidebar {
    return new Sidebar(this.world, user);
  }

  get crm() {
    return this.world.highlevel.describe();
  }

  /** All that can be read on the cards that are shown. */
  get text(): string {
    return this.cards.map(textOf).join(' · ');
  }

  open(place: Place = HOME): this {
    this.place = place;
    return this.show(openSidebar(this.world, this.user, place));
  }

  menu(name: 'onSettings' | 'onActivity' | 'onSyncNow'): this {
    this.place = HOME;
    return this.show(chooseFromMenu(this.world, this.user, name));
  }

  /** Clicks the button of that name, with the form as it stands but for `inputs`. */
  press(what: string, inputs: FormInputs = {}): this {
    const click = clickThatDoes(this.cards, what);
    if (click === undefined) throw new Error(`no button ${what} on: ${this.text}`);
    const form = Object.assign({}, ...this.cards.map(formOf)) as FormInputs;
    return this.show(
      clickInSidebar(this.world, this.user, this.place, { ...click, formInputs: { ...form, ...inputs } }),
    );
  }

  /** The two steps of connecting, as far as they go. */
  check(token = this.crm.token, location = this.crm.locationId): this {
    return this.open().press('connect.check', { token, location });
  }

  /** A click that no button offers: what somebody could send by hand. */
  forge(parameters: Readonly<Record<string, string>>, formInputs: FormInputs = {}): this {
    return this.show(
      clickInSidebar(this.world, this.user, this.place, { function: 'onAction', parameters, formInputs }),
    );
  }

  has(what: string): boolean {
    return clickThatDoes(this.cards, what) !== undefined;
  }

  choices(name: string) {
    return this.cards.map((card) => choicesOf(card, name)).find((found) => found !== undefined);
  }

  get clicks() {
    return this.cards.flatMap(clicksIn);
  }

  get links() {
    return this.cards.flatMap(linksIn);
  }

  connect(options: Omit<Connecting, 'user'> = {}): this {
    return this.show(connect(this.world, { user: this.user, ...options }));
  }

  timer() {
    return this.world.run(this.user, 'onSyncTimer');
  }

  get properties(): Readonly<Record<string, string>> {
    return this.world.appsScript.properties(this.user);
  }

  get triggers() {
    return this.world.appsScript.triggers().filter(({ user }) => user === this.user);
  }

  get head() {
    const text = this.properties.head;
    return text === undefined ? undefined : JSON.parse(text.slice(text.indexOf(':') + 1));
  }

  /** As if what Gmail shows up to there had been dealt with. */
  moveCursor(history: string): void {
    editState(this, (state) => ({ ...state, head: { ...state.head, history } }));
  }

  /** What a person does with Gmail by other means than the add-on. */
  gmail(method: string, path: string, body?: unknown) {
    const response = this.world.request({
      method,
      host: 'gmail.googleapis.com',
      path: `/gmail/v1/users/me/${path}`,
      headers: {
        authorization: `Bearer ${this.world.gmail.token(this.user, ['https://mail.google.com/'])}`,
        'content-type': 'application/json',
        'x-threadlink-outside': '1',
      },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    });
    const text = response.body.toString();
    return text === '' ? undefined : JSON.parse(text);
  }

  /** What the CRM holds, read past the add-on. */
  crmGet(path: string) {
    const response = this.world.request({
      method: 'GET',
      host: 'services.leadconnectorhq.com',
      path,
      headers: { authorization: `Bearer ${this.crm.token}`, version: '2021-07-28', 'x-threadlink-outside': '1' },
      body: Buffer.alloc(0),
    });
    return JSON.parse(response.body.toString());
  }

  /** The click of the first button that does this, to be sent again by hand. */
  clickOf(what: string) {
    const click = clickThatDoes(this.cards, what);
    if (click === undefined) throw new Error(`no button ${what} on: ${this.text}`);
    return click;
  }

  /** The contact writes from outside; gives the Gmail ids. */
  mailFrom(from: string, headers: readonly string[], text = 'Hello.') {
    const lines = [`From: ${from}`, `To: ${this.user}`, ...headers, '', text, ''];
    const sent = this.world.network.send({ from, to: [this.user], raw: Buffer.from(lines.join('\r\n')) });
    return sent.delivered[0] as { id: string; threadId: string };
  }

  /** Requests of the add-on to the outside since then, those inside a batch one by one. */
  requests(since: number) {
    return this.world.appsScript
      .requests(since)
      .filter(({ host }) => host !== undefined)
      .flatMap((call) => call.parts?.map((part) => ({ ...part, round: call.round })) ?? [call]);
  }

  get seq(): number {
    return (this.world.appsScript.requests(0).at(-1)?.seq ?? 0) + 1;
  }

  send(mail: Partial<CrmSend> = {}) {
    const { users, contacts } = this.crm;
    const user = users.find(({ email }) => email === this.user)?.id ?? '';
    return this.world.highlevel.send({
      user,
      to: contacts[0]?.id ?? '',
      kind: 'individual',
      channel: 'default',
      subject: 'An offer',
      html: '<p>Here it is.</p>',
      ...mail,
    });
  }

  /** A mail of the CRM that is synced by now; gives its copy in the mailbox. */
  link(mail: Partial<CrmSend> = {}) {
    const copies = (): { id: string; threadId: string }[] => this.gmail('GET', 'messages?labelIds=SENT').messages ?? [];
    const before = copies().map(({ id }) => id);
    const sent = this.send(mail);
    this.world.advance(MINUTE, false);
    this.timer();
    return { sent, ...copies().find(({ id }) => !before.includes(id))! };
  }

  /** Ana answers the newest mail of the thread as it is in the mailbox, and so by its Message-ID. */
  answer(threadId: string, text = 'Sounds good.', id = '<a1@lisbon.example>') {
    const thread = this.gmail('GET', `threads/${threadId}?format=metadata&metadataHeaders=Message-ID`);
    const parent = thread.messages.at(-1).payload.headers[0].value as string;
    const names = [`Message-ID: ${id}`, `In-Reply-To: ${parent}`, `References: ${parent}`];
    return this.mailFrom('ana.pereira@lisbon.example', ['Subject: Re: An offer', ...names], text);
  }

  private show(answer: SidebarAnswer): this {
    this.cards = shownCards(answer);
    this.notice = answer.notification?.text ?? '';
    return this;
  }
}
