import { connect, disconnect, updateAddress } from '../../../emulator/world/person';
import { clickInSidebar, openSidebar, shownCards } from '../../../emulator/world/sidebar';
import { textOf } from '../../../emulator/world/card-reader';
import { tinyWorld } from './tiny-add-on';

const user = 'agent@example.com';

describe('C2, C6, C7: by the buttons of the cards that come back', () => {
  test('connect, change the address, disconnect', () => {
    const world = tinyWorld();
    expect(connect(world, { user }).notification).toEqual({ text: 'Connected as agent@example.com' });
    const { token, locationId } = world.highlevel.describe();
    expect(world.appsScript.properties(user)).toEqual({ address: user, token, location: locationId });
    expect(world.appsScript.triggers()).toHaveLength(1);
    updateAddress(world, user, 'agent+sales@example.com');
    expect(world.appsScript.properties(user)['address']).toBe('agent+sales@example.com');
    disconnect(world, user);
    expect(world.appsScript.properties(user)).toEqual({});
    expect(world.appsScript.triggers()).toEqual([]);
  });

  test('a card without the next button is the no, in the words of the card', () => {
    const world = tinyWorld();
    expect(() => connect(world, { user, token: 'nonsense' })).toThrow(
      'This token is not one of a private integration.',
    );
    expect(() => disconnect(world, user)).toThrow('Not connected');
    expect(world.appsScript.properties(user)).toEqual({});
  });

  test('what the card does not offer cannot be chosen', () => {
    const world = tinyWorld();
    expect(() => connect(world, { user, address: 'else@example.com' })).toThrow(
      'else@example.com cannot be chosen; the card offers agent@example.com, agent+sales@example.com',
    );
    connect(world, { user, address: 'agent+sales@example.com' });
    expect(world.appsScript.properties(user)['address']).toBe('agent+sales@example.com');
  });

  test('C4: who is connected connects again through the settings', () => {
    const world = tinyWorld();
    connect(world, { user });
    expect(connect(world, { user, address: 'agent+sales@example.com' }).notification).toEqual({
      text: 'Connected as agent+sales@example.com',
    });
  });

  test('C6: a question before the connection is answered only where it is asked to', () => {
    const world = tinyWorld();
    world.appsScript.setScriptProperty('claimed', 'yes');
    expect(() => connect(world, { user })).toThrow('Another mailbox is connected');
    expect(world.appsScript.properties(user)['address']).toBeUndefined();
    connect(world, { user, confirm: true });
    expect(world.appsScript.properties(user)['address']).toBe(user);
  });

  test('nobody else is connected by it, and strangers cannot be', () => {
    const world = tinyWorld();
    connect(world, { user });
    expect(world.appsScript.properties('colleague@example.com')).toEqual({});
    expect(() => connect(world, { user: 'stranger@example.com' })).toThrow('no Google account stranger@example.com');
  });

  test('OAuth: through the consent page and back to the script', () => {
    const world = tinyWorld();
    connect(world, { user, method: 'oauth' });
    expect(world.appsScript.properties(user)['code']).toMatch(/^[0-9a-f]{40}$/);
    expect(world.appsScript.properties(user)['address']).toBe(user);
  });

  test('OAuth: a consent page that refuses says why', () => {
    const world = tinyWorld();
    world.appsScript.setScriptProperty('oauth.clientId', 'unknown');
    expect(() => connect(world, { user, method: 'oauth' })).toThrow(
      'This link does not work error.noAppVersionIdFound',
    );
  });

  test('OAuth: without state the script is not reached (facts, highlevel 2.1)', () => {
    const world = tinyWorld();
    world.switches.set({ oauthStateReturned: false });
    expect(() => connect(world, { user, method: 'oauth' })).toThrow('The state token is invalid or has expired');
  });
});

describe('platform 5.4: events', () => {
  const raw = (subject: string, extra = '') =>
    Buffer.from(`From: a@b.example\r\nSubject: ${subject}\r\n${extra}\r\nx\r\n`);
  const shown = (world: ReturnType<typeof tinyWorld>, at: 'thread' | 'message', id: string) =>
    textOf(openSidebar(world, user, { at, id }).cards);

  test('a thread opens at its newest message, a message at itself', () => {
    const world = tinyWorld();
    const first = world.gmail.plant(user, raw('x', 'Message-ID: <1@b.example>\r\n'), ['INBOX'], 1000);
    const reply = raw('Re: x', 'In-Reply-To: <1@b.example>\r\nReferences: <1@b.example>\r\n');
    const second = world.gmail.plant(user, reply, ['INBOX'], 2000);
    expect(second.threadId).toBe(first.threadId);
    expect(shown(world, 'thread', first.threadId)).toBe(`Message ${second.id} of ${first.threadId}`);
    expect(shown(world, 'message', first.id)).toBe(`Message ${first.id} of ${first.threadId}`);
    world.switches.set({ eventMessageId: 'msg-f' });
    const decimal = (hex: string) => BigInt(`0x${hex}`).toString();
    expect(shown(world, 'message', first.id)).toBe(
      `Message msg-f:${decimal(first.id)} of thread-f:${decimal(first.threadId)}`,
    );
    expect(() => openSidebar(world, user, { at: 'thread', id: '0000000000000001' })).toThrow('Gmail has no thread ');
  });

  test('the locale and time zone are the person’s', () => {
    const world = tinyWorld();
    connect(world, { user });
    world.switches.set({ userTimeZone: 'Asia/Tokyo' });
    expect(textOf(shownCards(openSidebar(world, user, { at: 'home' })))).toContain('Asia/Tokyo');
  });

  test('an action that fails is an error, not an empty card', () => {
    const world = tinyWorld();
    expect(() => clickInSidebar(world, user, { at: 'home' }, { parameters: { do: 'nonsense' } })).toThrow(
      'no such action: nonsense',
    );
  });
});
