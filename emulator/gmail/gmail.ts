/** The emulated Gmail: mailboxes of Google accounts, the REST API in front of them, and the people who use them. */
import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock';
import type { EmulatedRequest, EmulatedResponse } from '../core/http';
import type { Ids } from '../core/ids';
import type { Delivered, Envelope, SendMail } from '../core/network';
import type { GmailAct, GmailMessageRecord, GmailService } from '../core/services';
import { mailboxOf, isOwnAddress } from './mail/addresses';
import { receiveMail, settleBounces } from './mail/deliver';
import { pastMessageId } from './mailbox/ids';
import { addMessage } from './mailbox/mailbox';
import { actOf } from './person';
import { threadOfArrival } from './mailbox/threading';
import { expireHistory } from './methods/history';
import { decodeWords } from './mime/encoded-words';
import { headerValue } from './mime/headers';
import { outlineOf, readOutline } from './mime/outline';
import { isBatchPath, readBatch, writeBatch } from './rest/batch';
import { ApiError, errorResponse, internal } from './rest/errors';
import { fullBucket } from './rest/quota';
import { answer, unitsOf } from './rest/rest';
import { copyGmailState, type Alias, type GmailContext, type GmailState, type Mailbox } from './state';
import type { GmailSwitches } from './switches';

export class Gmail implements GmailService {
  private readonly context: GmailContext;

  constructor({
    clock,
    ids,
    switches,
    send,
  }: {
    clock: Clock;
    ids: Ids;
    switches: () => GmailSwitches;
    send: SendMail;
  }) {
    const state: GmailState = {
      mailboxes: new Map(),
      tokens: new Map(),
      uploads: new Map(),
      lastId: { ms: 0, low: 0 },
    };
    this.context = { clock, ids, switches, send, state };
  }

  readonly handle = (request: EmulatedRequest): EmulatedResponse => {
    if (!isBatchPath(request)) return answer(this.context, request);
    try {
      const parts = readBatch(request);
      return writeBatch(
        request,
        parts.map((part) => answer(this.context, part.request)),
      );
    } catch (error) {
      return errorResponse(error instanceof ApiError ? error.form : internal().form);
    }
  };

  addAccount(account: { email: string; name: string; aliases?: Alias[] }): void {
    const { clock, ids, state } = this.context;
    const email = account.email.toLowerCase();
    if (state.mailboxes.has(email)) throw new Error(`there is an account ${email} already`);
    const historyId = BigInt(1_000_000 + ids.below(1_000_000));
    state.mailboxes.set(email, {
      email,
      name: account.name,
      aliases: Object.freeze((account.aliases ?? []).map((alias) => Object.freeze({ ...alias }))),
      generation: 0,
      messages: new Map(),
      threads: new Map(),
      byMessageId: new Map(),
      order: [],
      drafts: new Map(),
      draftOf: new Map(),
      labels: new Map(),
      history: [],
      historyId,
      historyFloor: historyId,
      bucket: fullBucket(clock.now),
      bounces: [],
      sends: [],
    });
  }

  accounts(): { email: string; name: string }[] {
    return [...this.context.state.mailboxes.values()].map(({ email, name }) => ({ email, name }));
  }

  token(email: string, scopes: readonly string[]): string {
    const { generation, email: owner } = this.mailbox(email);
    const sorted = [...new Set(scopes)].sort();
    const seed = JSON.stringify([owner, sorted, generation]);
    const token = `ya29.${createHash('sha256').update(seed).digest('base64url')}`;
    this.context.state.tokens.set(token, Object.freeze({ email: owner, scopes: Object.freeze(sorted), generation }));
    return token;
  }

  /** A token asked for afterwards is another one, as after a new consent. */
  revoke(email: string): void {
    this.mailbox(email).generation++;
  }

  /** Gives whether there was something to do it with. */
  act(email: string, act: GmailAct, id?: string): boolean {
    const mailbox = this.mailbox(email);
    settleBounces(this.context, mailbox);
    return actOf(this.context, mailbox, act, id);
  }

  plant(
    email: string,
    raw: Buffer,
    labelIds: readonly string[],
    internalDate: number,
  ): { id: string; threadId: string } {
    const mailbox = this.mailbox(email);
    const { id, threadId } = addMessage(this.context, mailbox, {
      raw,
      labelIds,
      internalDate,
      threadId: threadOfArrival(this.context, mailbox, readOutline(raw)),
      pastId: pastMessageId(this.context, mailbox, internalDate),
    });
    return { id, threadId };
  }

  messages(email: string): GmailMessageRecord[] {
    const mailbox = this.mailbox(email);
    return [...mailbox.messages.values()].map(({ id, threadId, labelIds, internalDate, content }) => ({
      id,
      threadId,
      labels: labelIds.map((label) => mailbox.labels.get(label)?.name ?? label),
      at: internalDate,
      header: (name) => decodeWords(headerValue(outlineOf(content).headers, name) ?? ''),
    }));
  }

  /** Makes every history id given so far answer 404 (facts, platform 3.3). */
  expireHistory(email: string): void {
    expireHistory(this.context, this.mailbox(email));
  }

  units(request: EmulatedRequest): number {
    if (!isBatchPath(request)) return unitsOf(request);
    return this.splitBatch(request).reduce((sum, part) => sum + unitsOf(part), 0);
  }

  /** True for a batch that can be split; one that Gmail refuses as a whole goes through `handle` like any request. */
  isBatch(request: EmulatedRequest): boolean {
    return isBatchPath(request) && this.splitBatch(request).length > 0;
  }

  splitBatch(request: EmulatedRequest): EmulatedRequest[] {
    try {
      return readBatch(request).map((part) => part.request);
    } catch {
      return [];
    }
  }

  joinBatch(request: EmulatedRequest, parts: readonly (EmulatedResponse | undefined)[]): EmulatedResponse {
    return writeBatch(request, parts);
  }

  accepts(address: string): boolean {
    return mailboxOf(this.context.state, address) !== undefined;
  }

  receive(to: string, envelope: Envelope): Delivered {
    const mailbox = mailboxOf(this.context.state, to);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract of MailHost.receive
    if (mailbox === undefined) throw '550-5.1.1 The email account that you tried to reach does not exist.';
    return receiveMail(this.context, mailbox, to, envelope);
  }

  snapshot(): GmailState {
    return copyGmailState(this.context.state);
  }

  restore(state: unknown): void {
    this.context.state = copyGmailState(state as GmailState);
  }

  private mailbox(email: string): Mailbox {
    const mailbox =
      this.context.state.mailboxes.get(email.toLowerCase()) ??
      [...this.context.state.mailboxes.values()].find((candidate) => isOwnAddress(candidate, email));
    if (mailbox === undefined) throw new Error(`there is no account ${email}`);
    return mailbox;
  }
}
