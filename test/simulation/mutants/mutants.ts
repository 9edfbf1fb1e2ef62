/**
 * Small bugs to plant in the add-on, one at a time. Each is one that somebody could have written, and each must be found
 * by the simulation alone, without any other test. The first scenario is where it is looked for first.
 */
export interface Mutant {
  readonly name: string;
  /** Beside `src/`. */
  readonly file: string;
  /** What stands there, exactly once. */
  readonly text: string;
  readonly bug: string;
  readonly scenarios: readonly string[];
  /** Random days where the scenarios find nothing. */
  readonly days?: number;
}

const PLAN = 'sync/plan';
/** Nothing reaches Gmail: a judge that says nothing of that says nothing of anything. */
export const CANARY = 'the canary';

export const MUTANTS: readonly Mutant[] = [
  /* -------------------------------------------------------- the judge itself: this one must always be found */
  { name: CANARY, file: `${PLAN}/mirrors.ts`, text: 'export function mirrorInto(planning: Planning, before: Link, email: CrmEmail, rule: string): void {', bug: 'export function mirrorInto(planning: Planning, before: Link, email: CrmEmail, rule: string): void {\n  return planning.finish(`e:${email.id}`, { what: "left", crm: before.crm, direction: "outbound", rule });', scenarios: ['mirror'] },
  /* ------------------------------------------------------------------------------------ writes and outcomes */
  { name: 'a create that failed is sent again in the same run', file: 'platform/rounds.ts', text: "exchange.effect !== 'create' && repeatable", bug: 'repeatable', scenarios: ['push-known-thread'] },
  { name: 'a push whose answer is unknown counts as done', file: 'sync/settle.ts', text: "case 'unknown':\n        return this.setAside(action, 'waiting', 'checking', this.now + SETTLE_MS);\n      case 'skipped'", bug: "case 'unknown':\n        this.intents.delete(key);\n        return void this.items.delete(action.key);\n      case 'skipped'", scenarios: ['push-known-thread'] },
  { name: 'no time to settle', file: 'sync/state.ts', text: 'SETTLE_MS = 10 * 60_000', bug: 'SETTLE_MS = 0', scenarios: ['push-known-thread', 'mirror'] },
  { name: 'one minute to settle', file: 'sync/state.ts', text: 'SETTLE_MS = 10 * 60_000', bug: 'SETTLE_MS = 60_000', scenarios: ['deliver', 'push-known-thread'], days: 60 },
  { name: 'no intent is marked', file: 'sync/pass.ts', text: 'const marked = intentsFor(creates, first.historyId, now());', bug: 'const marked = intentsFor(creates, first.historyId, now()).slice(0, 0);', scenarios: ['push-known-thread', 'reply-attachment'] },
  { name: 'a new intent replaces the others', file: 'sync/pass.ts', text: '...loaded.head.intents.filter(({ key }) => !keys.has(key)), ...marked', bug: '...marked', scenarios: ['push-two-at-once'], days: 200 },
  { name: 'messages of a thread go on after one that is not certain', file: 'sync/perform.ts', text: '} else if (broken) {', bug: '} else if (broken && chain.length < 0) {', scenarios: ['mirror-two-of-a-thread', 'push-two-at-once'], days: 100 },
  /* ------------------------------------------------------------------------------------------------ cursors */
  { name: 'Gmail’s cursor moves before the writes', file: 'sync/pass.ts', text: 'writeHead(this.store, { ...open, intents });', bug: 'writeHead(this.store, { ...open, intents, history: first.historyId });', scenarios: ['push-known-thread', 'reply-joins'] },
  { name: 'the history cursor goes back to where it was', file: `${PLAN}/plan.ts`, text: 'history: observed.historyId', bug: 'history: head.history', scenarios: ['push-known-thread'] },
  { name: 'a failed pass takes the new cursor', file: 'sync/observe.ts', text: 'return { changes: [], historyId, expired: true };', bug: 'return { changes: [], historyId, expired: false };', scenarios: ['history-expires'] },
  { name: 'only the newest page of the history is read', file: 'sync/observe.ts', text: 'if (token === undefined) return { changes: [...changes.values()], historyId: page.historyId };', bug: 'return { changes: [...changes.values()].slice(-1), historyId: page.historyId };', scenarios: ['push-two-at-once', 'private-mail'] },
  { name: 'a page of the CRM that looks the same is not read', file: 'sync/observe.ts', text: '`${id}:${emailIds.join(\',\')}`', bug: 'id', scenarios: ['mirror-in-thread'] },
  { name: 'what leaves spam is overlooked', file: 'sync/observe.ts', text: "const withheld = ['SPAM', 'TRASH'", bug: "const withheld = ['TRASH'", scenarios: ['trash-and-back'] },
  /* -------------------------------------------------------------------------------------------- own copies */
  { name: 'the own copies are not known again', file: `${PLAN}/copies.ts`, text: 'else if (!change.labelIds.includes(own)) others.push(change);', bug: 'else if (!change.labelIds.includes(own) || change.id !== undefined) others.push(change);', scenarios: ['mirror', 'mirror-in-thread'] },
  { name: 'a second copy stays', file: `${PLAN}/copies.ts`, text: 'standing.slice(1)', bug: 'standing.slice(9)', scenarios: ['mirror', 'mirror-several'] },
  { name: 'both copies go', file: `${PLAN}/copies.ts`, text: 'standing.slice(1)', bug: 'standing.slice(standing.length > 1 ? 0 : 1)', scenarios: ['mirror', 'mirror-several'] },
  { name: 'a late copy in another thread is not looked for', file: `${PLAN}/copies.ts`, text: "return email?.kind === 'got' ? planning.links.get(email.value.threadId) : undefined;", bug: "return email?.kind === 'got' ? undefined : undefined;", scenarios: ['mirror'] },
  { name: 'a copy that is there is not looked for', file: `${PLAN}/mirrors.ts`, text: 'if (copy !== undefined) return adopt(', bug: 'if (copy !== undefined && copy.id === email.id) return adopt(', scenarios: ['mirror', 'mirror-in-thread'] },
  { name: 'a copy is inserted although its first attempt may still come', file: `${PLAN}/mirrors.ts`, text: 'intent !== undefined && planning.now < intent.at + SETTLE_MS', bug: 'intent !== undefined && planning.now < intent.at', scenarios: ['mirror', 'mirror-in-thread'] },
  { name: 'copies are not marked as the add-on’s', file: `${PLAN}/mirrors.ts`, text: '...own];', bug: '...own.slice(1)];', scenarios: ['mirror', 'reply-joins'] },
  { name: 'own sends come up unread in the inbox', file: `${PLAN}/mirrors.ts`, text: "email.direction === 'outbound' ? ['SENT'] : ['INBOX', 'UNREAD']", bug: "['SENT']", scenarios: ['received-by-crm'] },
  /* ------------------------------------------------------------------------------------------------ pushes */
  { name: 'altId is another one in each run', file: 'sync/push.ts', text: 'messageId: message.mail.messageId,', bug: 'messageId: undefined,', scenarios: ['colleague-in-copy', 'push-known-thread'], days: 60 },
  { name: 'altId depends on the time', file: 'sync/push.ts', text: 'gmailId: message.id,', bug: 'gmailId: message.id + String(Date.now()),\n    ...{ messageId: undefined },', scenarios: ['push-known-thread', 'reply-joins'] },
  { name: 'an own push is taken for a new mail', file: `${PLAN}/own-push.ts`, text: 'if (own === undefined || own === false) return own;', bug: 'if (own !== undefined) return false;\n  return own;', scenarios: ['push-known-thread', 'reply-joins'] },
  { name: 'the CRM is not read back', file: `${PLAN}/pushes.ts`, text: 'if (found !== undefined) return recognise(', bug: 'if (found !== undefined && found.id === message.id) return recognise(', scenarios: ['push-known-thread', 'reply-joins'] },
  { name: 'a push waits for nothing', file: `${PLAN}/pushes.ts`, text: 'if (intent !== undefined && planning.now < intent.at + SETTLE_MS) {', bug: 'if (intent !== undefined && planning.now < intent.at) {', scenarios: ['push-known-thread', 'reply-joins'] },
  { name: 'in the CRM twice, and nobody is told', file: `${PLAN}/own-push.ts`, text: "'parked', 'twice', planning.now + LOOK_AGAIN_MS", bug: "'waiting', 'twice', planning.now + LOOK_AGAIN_MS", scenarios: ['push-known-thread'] },
  { name: 'what goes to others of a linked thread goes to the CRM too', file: `${PLAN}/left.ts`, text: "return concerned ? undefined : 'T2'", bug: 'return undefined', scenarios: ['push-to-stranger'] },
  { name: 'sent mail is logged as received', file: `${PLAN}/pushes.ts`, text: "isOutbound(message) ? 'outbound' : 'inbound';\n", bug: "isOutbound(message) ? 'inbound' : 'inbound';\n", scenarios: ['push-known-thread', 'reply-and-answer'] },
  { name: 'mail of all threads goes to the CRM', file: `${PLAN}/joins.ts`, text: 'link.people.includes(stray.from) &&', bug: '', scenarios: ['private-mail', 'same-words-twice'], days: 60 },
  { name: 'a new mail of the contact joins', file: `${PLAN}/joins.ts`, text: 'parents.length === 0) return;', bug: 'parents.length < 0) return;', scenarios: ['private-mail', 'long-day'], days: 60 },
  { name: 'a reply with an unknown parent does not join', file: `${PLAN}/joins.ts`, text: "if (stray.subject === '') return;", bug: "if (stray.subject !== '') return;", scenarios: ['reply-joins'] },
  { name: 'what a joined thread had before is left', file: `${PLAN}/joins.ts`, text: 'if (view.date < link.since - CLOCKS_MS) continue;', bug: 'if (view.date < planning.now) continue;', scenarios: ['reply-joins', 'push-two-at-once'] },
  { name: 'the copies do not follow the answer', file: `${PLAN}/moves.ts`, text: "if (link.gmail.length > 1 && (due || joinedNow(planning, link))) moveInto(planning, link);", bug: '', scenarios: ['push-and-mirror', 'reply-joins'] },
  { name: 'a doubt goes with the reason for which it came', file: `${PLAN}/planning.ts`, text: ' || mayBeWritten(before) || this.doubt', bug: ' || before?.doubt === true || this.doubt', scenarios: [] },
  { name: 'a body that is not there is empty', file: 'sync/observe.ts', text: "else if (outcome.kind !== 'done') return { kind: 'unread', failure: outcome.failure };", bug: "else if (body.kind === 'unread') return body;", scenarios: [] },
  { name: 'an answer does not wait for a delivery whose turn has not come', file: `${PLAN}/evidence.ts`, text: 'return begun ? { next: planning.now } : undefined;', bug: 'return undefined;', scenarios: [] },
  { name: 'an e-mail that was recognised waits for its turn', file: `${PLAN}/pushes.ts`, text: '  planning.items.delete(`e:${email.id}`);\n', bug: '', scenarios: [] },
  { name: 'a push from a thread just joined is not known by its words', file: `${PLAN}/own-push.ts`, text: 'return [...linked, ...messages', bug: 'return [...linked, ...messages.slice(0, 0)', scenarios: [] },
  { name: 'what was refused is not looked for by its words', file: `${PLAN}/own-push.ts`, text: 'item.thread === crm && mayBeWritten(item)', bug: 'item.thread === crm && item.doubt === true', scenarios: [] },
  { name: 'a pinned draft forgets its thread', file: `${PLAN}/deliver.ts`, text: 'message: attempt.message, thread: attempt.thread };', bug: 'message: attempt.message };', scenarios: [] },
  { name: 'of a long thread the newest are read back, whenever the message came', file: `${PLAN}/readback.ts`, text: 'oldestFirst) < since) return emails;', bug: 'oldestFirst) < Infinity) return emails;', scenarios: [] },
  { name: 'a push from a thread that was lost is not known by its name', file: `${PLAN}/own-push.ts`, text: 'if (!doubt && !observed.resynced) return false;', bug: 'if (true) return false;', scenarios: [] },
  /* --------------------------------------------------------------------------------------------- received */
  { name: 'a mail on both sides is not recognised', file: `${PLAN}/received.ts`, text: 'if (message !== undefined) return haveBoth', bug: "if (message?.id === '') return haveBoth", scenarios: ['received-by-both'] },
  { name: 'what the CRM takes in is left', file: `${PLAN}/received.ts`, text: "  mirrorInto(planning, link, email, 'T11');", bug: "  planning.finish(key, { what: 'left', crm: link.crm, direction: 'inbound', rule: 'T11' });", scenarios: ['received-by-crm'] },
  /* ------------------------------------------------------------------------------------------------ rules */
  { name: 'workflow mail comes into Gmail', file: 'sync/rules.ts', text: "if (email.source === 'workflow') return ours ? { rule: 'R10', does: 'warn' } : leave('R5');", bug: '', scenarios: ['left-alone', 'long-day'] },
  { name: 'everybody’s mail is mine', file: 'sync/rules.ts', text: 'if (facts.from === facts.connected) return true;', bug: 'return true;', scenarios: ['two-colleagues', 'mirror-bulk'] },
  { name: 'mail of before the connection is synced', file: `${PLAN}/fresh.ts`, text: 'return dateAdded < Math.floor(connection.since / 1000) * 1000;', bug: 'return dateAdded < 0 * connection.since;', scenarios: ['connect', 'connect-long-after'] },
  { name: 'pending mail is mirrored', file: 'sync/rules.ts', text: "if (ours) return { rule: ruleOf(email, 'R1'), does: 'deliver' };", bug: "if (ours) return { rule: ruleOf(email, 'R1'), does: 'mirror' };", scenarios: ['deliver'] },
  /* ---------------------------------------------------------------------------------------------- deliver */
  { name: 'a draft that is gone counts as sent', file: `${PLAN}/delivery.ts`, text: "if (!settled) return { do: 'wait', until: attemptedAt + SETTLE_MS };\n  return { do: 'hold'", bug: "if (!settled) return { do: 'wait', until: attemptedAt + SETTLE_MS };\n  return { do: 'done', sent: { id: marker, threadId: marker, marker }, extras: [] };\n  return { do: 'hold'", scenarios: ['deliver', 'deliver-two'] },
  { name: 'a draft that is gone is made again', file: `${PLAN}/delivery.ts`, text: "if (!settled) return { do: 'wait', until: attemptedAt + SETTLE_MS };\n  return { do: 'hold'", bug: "return { do: 'create' };\n  return { do: 'hold'", scenarios: ['deliver', 'deliver-two'] },
  { name: 'a changed draft is sent', file: `${PLAN}/delivery.ts`, text: "standing.message === pinned.message ? sendOf(pinned, marked) : { do: 'hold', reason: 'draft-changed' }", bug: 'sendOf(pinned, marked)', scenarios: ['deliver', 'deliver-two'], days: 60 },
  { name: 'Sent is not looked at', file: `${PLAN}/delivery.ts`, text: "if (sent !== undefined) return { do: 'done'", bug: "if (sent !== undefined && now < 0) return { do: 'done'", scenarios: ['deliver', 'deliver-two'] },
  { name: 'a copy does not wait for the first of its thread', file: `${PLAN}/mirrors.ts`, text: "const busy = reason === 'gmail-busy' && planning.isPatient(key) ? next : 0;", bug: 'const busy = 0 * next;', scenarios: ['mirror-two-of-a-thread'] },
  { name: 'colleagues do not wait for one another', file: `${PLAN}/turns.ts`, text: 'return { at, doubt: turn.of > 1 };', bug: 'return { at: Math.min(at, 0), doubt: turn.of < 1 };', scenarios: ['colleagues-in-one-thread'] },
  { name: 'what a colleague may have logged is not looked for', file: `${PLAN}/turns.ts`, text: 'return { at, doubt: turn.of > 1 };', bug: 'return { at, doubt: turn.of < 1 };', scenarios: [] },
  { name: 'mail of before the connection that could not be read at first is synced', file: `${PLAN}/fresh.ts`, text: 'return mayBeWritten(item) || item.attempt !== undefined || !isBefore(planning, email);', bug: 'return true;', scenarios: ['connect-long-after'] },
  { name: 'what was answered before a colleague joined is copied', file: `${PLAN}/received.ts`, text: 'link !== undefined && email.dateAdded >= link.since', bug: 'link !== undefined', scenarios: [] },
  { name: 'what was answered before an e-mail whose turn came first is left', file: `${PLAN}/received.ts`, text: 'const first = joined ? undefined : undecidedOf(planning, email);', bug: 'const first = link !== undefined ? undefined : undecidedOf(planning, email);', scenarios: [] },
  { name: 'a link begins with the e-mail whose turn came first', file: `${PLAN}/links.ts`, text: 'since: Math.min(link.since, email.dateAdded)', bug: 'since: link.since', scenarios: [] },
  { name: 'a head that was put back over a history that is gone is believed', file: 'sync/pass.ts', text: 'known.outdated && head.gap !== undefined', bug: 'known.outdated && head.gap === null', scenarios: [] },
  { name: 'a head that stands in for a lost one is believed over a history that is gone', file: 'sync/pass.ts', text: 'rebuild: loaded.doubt || loaded.head.rebuild,', bug: 'rebuild: loaded.head.rebuild,', scenarios: [] },
  { name: 'what stands where Gmail has put a copy is not looked at', file: 'sync/settle.ts', text: 'if (!gmail.includes(threadId) && threadId !== id)', bug: 'if (gmail.includes(id))', scenarios: [] },
  { name: 'the copy that an SMTP provider leaves is known by its headers alone', file: `${PLAN}/readback.ts`, text: "return messages.find((message) => isSameMail(email, message, 'outbound')) ?? 'none';", bug: "return messages[0] ?? 'none';", scenarios: [] },
  { name: 'a copy of what the CRM does not show yet is logged', file: `${PLAN}/pushes.ts`, text: 'if (copied) {', bug: 'if (copied && planning.now < 0) {', scenarios: [] },
  { name: 'what stands beside an own copy is not looked at', file: `${PLAN}/own-copy.ts`, text: '  if (!isLookedAt(planning, link, copy.threadId)) return;\n', bug: '', scenarios: [] },
  { name: 'a copy that a run labelled before it died is no copy', file: `${PLAN}/own-copy.ts`, text: '!planning.twins.has(view.id) && isNear(view, email)', bug: "!planning.twins.has(view.id) && isNear(view, email) && !view.labelIds.includes(planning.head.labels?.own ?? '')", scenarios: [] },
  { name: 'a thread of copies alone is not found again', file: 'sync/wake.ts', text: 'if (rest.key === undefined && !messages.some((message) => isUnmarkedOwn(who, message))) return undefined;', bug: 'if (rest.key === undefined) return undefined;', scenarios: [] },
  { name: 'what stands where a copy is found is not looked at', file: `${PLAN}/mirrors.ts`, text: "if (there.kind !== 'got' || there.value.messages.length > 1)", bug: "if (there.kind === 'unread')", scenarios: [] },
  { name: 'what was answered to a copy before it was found is not looked at', file: `${PLAN}/mirrors.ts`, text: 'there.value.messages.length > 1', bug: 'copy.threadId !== copy.id', scenarios: [] },
  { name: 'the threads of a link are asked for one after the other', file: `${PLAN}/own-push.ts`, text: 'link.gmail.map((id) => planning.thread(id, false));', bug: 'link.gmail.map((id, at, all) => (all.slice(0, at).some((other) => planning.thread(other, false) === undefined) ? undefined : planning.thread(id, false)));', scenarios: [] },
  { name: 'what the CRM got by its API is the CRM’s own', file: `${PLAN}/own-push.ts`, text: "email.source === 'api' || isPushOpen", bug: "email.source === '' || isPushOpen", scenarios: [] },
  { name: 'where runs have died, the CRM gets by itself only what answers what was copied', file: `${PLAN}/both.ts`, text: 'link.mirrored || planning.observed.only !== undefined', bug: 'link.mirrored', scenarios: [] },
  { name: 'what shows that a head was put back is swept away', file: 'sync/pass.ts', text: 'isInOrder(head, this.store.keys()) ? head', bug: 'head.version > 0 ? head', scenarios: [] },
  { name: 'connecting anew over damaged pages takes up nothing', file: 'sync/rebuild.ts', text: '    ...head,\n    ...afterLoss(head, loaded, now),\n    rebuild', bug: '    ...head,\n    rebuild', scenarios: [] },
  { name: 'what waited when the head was lost is not taken up', file: 'sync/begin.ts', text: '(now - last) - LOST_MS', bug: '(now - last) - 60_000', scenarios: [] },
  { name: 'two runs at once tell of a loss', file: 'account/run.ts', text: 'withUserLock(0, () => endRuns(notice));', bug: 'endRuns(notice);', scenarios: [] },
  { name: 'a loss is told again while lists may not show that it was told', file: 'account/lost.ts', text: '    if (cache.read(TELLING) !== null) return;\n', bug: '', scenarios: [] },
  { name: 'without claims nobody else logs anything', file: `${PLAN}/turns.ts`, text: 'if (claim === undefined) return UNTOLD;', bug: 'if (claim === undefined) return MINE;', scenarios: [] },
  { name: 'what a killed run had drafted and the user sent is not looked for', file: `${PLAN}/deliver.ts`, text: 'return attempt === undefined && untouched\n', bug: "return decision.do === 'create'\n", scenarios: [] },
  { name: 'what was sent without a marker is sent again when the store is lost', file: `${PLAN}/deliver.ts`, text: 'return attempt === undefined && untouched\n', bug: 'return attempt === undefined\n', scenarios: [] },
  { name: 'what the user sent of a killed run is known by its marker alone', file: `${PLAN}/evidence.ts`, text: 'return sentAs(planning, writtenBy(planning, email), since);', bug: "return since.length < 0 ? undefined : 'none';", scenarios: [] },
  { name: 'a copy that was refused and done is not looked for', file: `${PLAN}/copies.ts`, text: 'planning.observed.resynced && hasFailedCopy(planning) ? ', bug: 'planning.observed.resynced && !hasFailedCopy(planning) && planning.now < 0 ? ', scenarios: [] },
  { name: 'what was sent without a marker in the thread of an open draft is the user’s', file: `${PLAN}/pushes.ts`, text: 'if (open !== undefined && waits) return', bug: 'if (open !== undefined && open.next < 0) return', scenarios: [] },
  { name: 'answers to a colleague’s mail do not join', file: `${PLAN}/outbound.ts`, text: 'if (link !== undefined) planning.setLink({ ...link, mirrored: true });', bug: '', scenarios: [] },
  { name: 'answers to what a colleague began do not join', file: `${PLAN}/outbound.ts`, text: 'row.emailIds.length > 1', bug: 'row.emailIds.length < 1', scenarios: [] },
  { name: 'a push is tried again in the same run', file: 'crm/push.ts', text: "effect: 'create'", bug: "effect: 'idempotent'", scenarios: ['push-known-thread'] },
  /* ------------------------------------------------------------------------------------- state and account */
  { name: 'the head is written before the pages', file: 'sync/store.ts', text: "    changed = true;\n    const key = pageKey(name, generation);\n    write(store, key, sealPage(key, text));", bug: "    changed = true;\n    if (!named[' head']) writeHead(store, { ...next.head, generation, run, pages: { ...next.head.pages, [name]: generation } });\n    const key = pageKey(name, generation);\n    write(store, key, sealPage(key, text));", scenarios: ['mirror-in-thread', 'push-known-thread'] },
  { name: 'pages are overwritten where they are', file: 'sync/store.ts', text: 'const generation = nextGeneration(next.head);', bug: 'const generation = next.head.generation;', scenarios: ['push-known-thread', 'mirror-in-thread'], days: 100 },
  { name: 'what is dealt with is forgotten', file: `${PLAN}/planning.ts`, text: "if (key.startsWith('e:')) this.see(key.slice(2));", bug: '', scenarios: ['left-alone', 'received-by-both'] },
  { name: 'an item is never due', file: 'sync/settle.ts', text: 'if (next > 0 && (due === 0 || next < due)) due = next;', bug: 'if (next < 0) due = next;', scenarios: ['mirror', 'received-by-crm'] },
  { name: 'a run waits for no lock', file: 'sync/pass.ts', text: 'return withUserLock(LOCK_MS[kind], () => new Run(userStore(), kind, options).go()) ?? ', bug: 'return new Run(userStore(), kind, options).go() ?? ', scenarios: ['push-known-thread', 'deliver'] },
  { name: 'the log tells addresses', file: 'sync/pass.ts', text: "log('pass', { run: this.id,", bug: "log('pass', { run: loaded.head.connection.mailbox,", scenarios: ['mirror'] },
  { name: 'a wiped store is known by its messages alone', file: 'account/connect.ts', text: 'if (goesOn || isArmed()) return', bug: 'if (goesOn) return', scenarios: [] },
  { name: 'a thread is left when the first copy has moved', file: 'sync/settle.ts', text: '      this.staying.add(former.threadId);\n      if (link !== undefined) this.links.set(link.crm, { ...link, gmail: [...left, former.threadId] });\n', bug: '', scenarios: [] },
  { name: 'a thread is left that has just got another copy', file: 'sync/settle.ts', text: 'way out of that thread.\n    this.staying.add(threadId);', bug: 'way out of that thread.', scenarios: [] },
  { name: 'a copy beside another answer is not seen', file: `${PLAN}/moves.ts`, text: 'else there.push(...standing);', bug: '', scenarios: [] },
  { name: 'a link that is found again begins when Gmail sent its first mail', file: 'sync/wake.ts', text: 'Math.min(own[0]?.date ?? 0, row.began ?? Infinity)', bug: 'own[0]?.date ?? 0', scenarios: [] },
  { name: 'a thread without a marker is found again by what was sent at once alone', file: 'sync/wake.ts', text: 'mayLeaveCopy(email) ? TWIN_MS : DAY_MS', bug: 'TWIN_MS', scenarios: [] },
  { name: 'what is not pending any more is known by its marker alone', file: `${PLAN}/deliver.ts`, text: "marked ?? (twin === 'none' ? sentByHand(planning, email, attempt?.at ?? email.dateAdded) : twin)", bug: 'marked ?? twin', scenarios: [] },
  { name: 'what turned out to be the CRM’s own waits for its turn all the same', file: `${PLAN}/planning.ts`, text: '    this.items.delete(`g:${id}`);\n', bug: '', scenarios: [] },
  { name: 'what is in doubt is not any more when it was set aside', file: `${PLAN}/planning.ts`, text: '(doubted || mayBeWritten(before)', bug: '(mayBeWritten(before)', scenarios: [] },
  { name: 'a link that is found twice begins with the one found first', file: 'sync/wake.ts', text: '    since: Math.min(known.since, link.since),\n', bug: '', scenarios: [] },
  { name: 'a wiped store that Gmail says nothing of was none', file: 'account/connect.ts', text: "if (written.kind !== 'done') return gmailProblem(written);", bug: "if (written.kind !== 'done') return done(undefined);", scenarios: ['connect-after-loss'] },
  { name: 'after a loss the claim begins anew', file: 'sync/claims.ts', text: 'foreign || unfinished ? now + EFFECT_MS : since;', bug: 'foreign || unfinished ? now + EFFECT_MS : now;', scenarios: ['connect-after-loss'] },
  { name: 'of two copies any may be the link’s', file: `${PLAN}/mirrors.ts`, text: '  const copy = thread.messages\n    .filter(({ mail }) => mail.marker === email.id)\n    .concat(planning.copies.get(email.id) ?? [])[0];', bug: '  const copy = (planning.copies.get(email.id) ?? []).concat(\n    thread.messages.filter(({ mail }) => mail.marker === email.id),\n  )[0];', scenarios: ['connect-after-loss'] },
  { name: 'a draft of a run that died is in no thread', file: `${PLAN}/evidence.ts`, text: 'attempt?.thread === undefined ? planning.links.get(crm)?.gmail : [attempt.thread]', bug: '[attempt?.thread]', scenarios: [] },
  { name: 'Sent is read as soon as the drafts are', file: 'sync/pass.ts', text: 'late.length === 0 || this.deadline.sleep(LISTS_MS)', bug: 'late.length < LISTS_MS', scenarios: [] },
  { name: 'of a contact the newest threads alone are looked at', file: 'sync/wake.ts', text: '[...threads].sort((a, b) => apart(a) - apart(b)).slice', bug: 'threads.slice', scenarios: [] },
  { name: 'of a thread linked by hand what is there twice is not shown', file: `${PLAN}/own-push.ts`, text: 'planning.links.get(email.threadId) ?? planning.linkOfMessageId(altId);\n  const open', bug: 'planning.links.get(email.threadId);\n  const open', scenarios: ['linked-by-hand'] },
  { name: 'what is read again is not known by what it says', file: `${PLAN}/own-push.ts`, text: 'planning.doubt || planning.observed.resynced ? readAgain(planning) : []', bug: '[] as MessageView[]', scenarios: [] },
  { name: 'of Gmail’s own copy the first words alone are enough', file: `${PLAN}/own-copy.ts`, text: "return near.some((email) => isSameLetter(email, message, 'outbound')) ? 'unread' : false;", bug: 'return false;', scenarios: [] },
  { name: 'what waits for its label is not looked for', file: 'sync/rebuild.ts', text: '...unlabelled]', bug: '...unlabelled.slice(0, 0)]', scenarios: [] },
  { name: 'what a killed run has logged and history shows late is new', file: `${PLAN}/own-push.ts`, text: "{ ...link, ids: remember(link.ids, messageId) }", bug: "link", scenarios: [] },
  { name: 'what stands in a link from before it seemed to begin is left', file: `${PLAN}/planning.ts`, text: 'link.since < known.since && link.gmail.length > 0', bug: 'link.since < known.since && link.gmail.length < 0', scenarios: [] },
  { name: 'what is read by its first words alone is logged beside what may be it', file: `${PLAN}/pushes.ts`, text: 'if (alike) return', bug: 'if (alike && planning.now < 0) return', scenarios: [] },
  { name: 'what the mailbox has of the answers before makes it a reply to something else', file: `${PLAN}/joins.ts`, text: 'presentOf(planning, [nearest])', bug: 'presentOf(planning, parentsOf(message.mail))', scenarios: [] },
  { name: 'a draft of a run that died is made again though its owner has changed it', file: `${PLAN}/deliver.ts`, text: "if (changed !== 'none') return", bug: "if (changed !== 'none' && planning.now < 0) return", scenarios: [] },
  { name: 'what waits for its turn is in doubt no more', file: 'sync/pass.ts', text: '(mark !== undefined && doubt) || undefined', bug: 'undefined', scenarios: [] },
  { name: 'of two copies one goes while the other may be on its way out', file: `${PLAN}/copies.ts`, text: '? open.at + SETTLE_MS : 0', bug: '? 0 * open.at : 0', scenarios: [] },
  { name: 'of a CRM thread the first and the last two are looked at', file: 'sync/wake.ts', text: 'isKnown ? 2 : MOST_EMAILS', bug: 'isKnown ? 2 : MOST_EMAILS - 8', scenarios: [] },
  { name: 'what stands where Gmail has put a sent mail is not looked at', file: 'sync/settle.ts', text: '!link.gmail.includes(threadId) && threadId !== draft', bug: "!link.gmail.includes(threadId) && threadId === ''", scenarios: [] },
  { name: 'what history shows late of a thread that went whole is new', file: `${PLAN}/pushes.ts`, text: "&& !state.receipts.some((receipt) => receipt.key === key && receipt.what === 'pushed')", bug: '', scenarios: [] },
  { name: 'a thread is left into which a copy has just moved', file: 'sync/settle.ts', text: '      this.staying.add(threadId);\n      const gmail', bug: '      const gmail', scenarios: [] },
  { name: 'what Gmail refused and sent all the same is the user’s', file: `${PLAN}/pushes.ts`, text: '(isSoonKnown(open) || isDelivered(planning, open, message))', bug: 'isSoonKnown(open)', scenarios: [] },
  { name: 'a notice of the loss that is in spam tells nothing', file: 'account/connect.ts', text: 'includeSpamTrash: true', bug: 'includeSpamTrash: false', scenarios: [] },
  { name: 'disconnecting leaves what was stored', file: 'account/disconnect.ts', text: '  store.clear();\n', bug: '', scenarios: ['disconnect'] },
]; // prettier-ignore

/** The part that `npm test` looks for: of every chapter some. */
export const QUICK: readonly string[] = [
  CANARY,
  'a push is tried again in the same run',
  'Gmail’s cursor moves before the writes',
  'a copy that is there is not looked for',
  'the CRM is not read back',
  'a reply with an unknown parent does not join',
  'workflow mail comes into Gmail',
  'a draft that is gone counts as sent',
];

export function mutantNamed(name: string): Mutant {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant === undefined) throw new Error(`there is no planted bug "${name}"`);
  return mutant;
}
