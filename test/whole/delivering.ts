/** A connection that may deliver: with the marketplace app's token and its provider. */
import { shortHash } from '../../src/platform/hash';
import type { Head } from '../../src/sync/state';
import type { World } from '../../emulator/world/world';
import { AGENT, Stage } from './stage';

const REDIRECT = 'https://script.google.com/macros/d/x/usercallback';

/** Connects with a token, and then gives the connection what the consent page gives it. */
export function connectedByApp(world: World): Stage {
  const stage = new Stage(world).connect();
  const text = world.appsScript.properties(AGENT).head.slice(7);
  const head = JSON.parse(text) as Head;
  const { token, refreshToken } = pairOf(stage);
  const connection = {
    ...head.connection,
    kind: 'oauth',
    token,
    provider: stage.crm.providerId,
    renewal: { refreshToken, expiresAt: world.clock.now + 86_400_000, renewedAt: world.clock.now },
  };
  const next = JSON.stringify({ ...head, connection });
  world.appsScript.setProperty(AGENT, 'head', `${shortHash(next, 6)}:${next}`);
  return stage;
}

function pairOf({ world, crmUser }: Stage): { token: string; refreshToken: string } {
  const { clientId, clientSecret } = world.highlevel.app();
  const scopes =
    'conversations.readonly conversations/message.readonly conversations/message.write conversations.write contacts.readonly contacts.write users.readonly locations.readonly';
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    scope: scopes,
    state: 's',
    user_id: crmUser,
  });
  const approved = world.request({
    method: 'GET',
    host: 'marketplace.gohighlevel.com',
    path: `/oauth/chooselocation/approve?${query.toString()}`,
    headers: { 'x-threadlink-outside': '1' },
    body: Buffer.alloc(0),
  });
  const code = new URL(approved.headers.location).searchParams.get('code') ?? '';
  const form = new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'authorization_code',
    code,
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
  const pair = JSON.parse(answer.body.toString()) as { access_token: string; refresh_token: string };
  return { token: pair.access_token, refreshToken: pair.refresh_token };
}
