/**
 * A connection by the marketplace app: the one that delivers. The user connects with a token, and the connection is
 * then given what the consent page gives it.
 */
import { connect } from '../../emulator/world/person';
import type { World } from '../../emulator/world/world';

const REDIRECT = 'https://script.google.com/macros/d/x/usercallback';
const SCOPES =
  'conversations.readonly conversations/message.readonly conversations/message.write conversations.write contacts.readonly contacts.write users.readonly locations.readonly';

export function connectByApp(world: World, user: string): void {
  connect(world, { user });
  const head = JSON.parse(world.appsScript.properties(user).head.slice(7)) as { connection: Record<string, unknown> };
  const { access_token: token, refresh_token: refreshToken } = consent(world, user);
  const connection = {
    ...head.connection,
    kind: 'oauth',
    token,
    provider: world.highlevel.describe().providerId,
    renewal: { refreshToken, expiresAt: world.clock.now + 86_400_000, renewedAt: world.clock.now },
  };
  const next = JSON.stringify({ ...head, connection });
  world.appsScript.setProperty(user, 'head', `${checksum(next)}:${next}`);
}

function consent(world: World, user: string): { access_token: string; refresh_token: string } {
  const { clientId, clientSecret } = world.highlevel.app();
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    scope: SCOPES,
    state: 's',
    user_id: world.highlevel.describe().users.find(({ email }) => email === user)?.id ?? '',
  });
  const approved = world.request({
    method: 'GET',
    host: 'marketplace.gohighlevel.com',
    path: `/oauth/chooselocation/approve?${query.toString()}`,
    headers: { 'x-threadlink-outside': '1' },
    body: Buffer.alloc(0),
  });
  const form = new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'authorization_code',
    code: new URL(approved.headers['location']).searchParams.get('code') ?? '',
    redirect_uri: REDIRECT,
    user_type: 'Location',
  });
  const answer = world.request({
    method: 'POST',
    host: 'services.leadconnectorhq.com',
    path: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-threadlink-outside': '1' },
    body: Buffer.from(form.toString()),
  });
  return JSON.parse(answer.body.toString()) as { access_token: string; refresh_token: string };
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

/** cyrb53 (public domain), six digits of it. */
function checksum(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 2654435761);
    low = Math.imul(low ^ text.charCodeAt(i), 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  let value = 4294967296 * (2097151 & low) + (high >>> 0);
  let out = '';
  for (let i = 0; i < 6; i++) {
    out += DIGITS[value % 64];
    value = Math.floor(value / 64);
  }
  return out;
}
