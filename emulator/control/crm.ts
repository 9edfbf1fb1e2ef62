/** What people do in the CRM's screens, and how the sub-account and everything uncertain is set. */
import type { CrmSend } from '../core/services';
import { ControlError, isRecord, isTexts, type ControlCalls, type Fields } from './call';

const KINDS: readonly CrmSend['kind'][] = ['individual', 'bulk', 'workflow', 'api'];
const CHANNELS: readonly CrmSend['channel'][] = ['default', 'gmail'];

export const CRM_CALLS: ControlCalls = [
  [
    'POST crm/send',
    (world, call) => {
      const send = readSend(call.body());
      world.changes++;
      return world.highlevel.send(send);
    },
  ],
  ['GET crm/settings', (world) => world.switches.values],
  [
    'PUT crm/settings',
    (world, call) => {
      world.switches.set(call.body().values);
      world.changes++;
      return world.switches.values;
    },
  ],
  [
    'POST crm/track',
    (world, call) => {
      const fields = call.body();
      world.highlevel.track(fields.text('emailMessageId'), fields.text('status'), fields.optionalText('error'));
      world.changes++;
    },
  ],
  ['GET switches', (world) => world.switches.describe()],
];

function readSend(fields: Fields): CrmSend {
  const to = fields.optional<string | string[]>('to', 'a contact id or several', (value) =>
    typeof value === 'string' ? value !== '' : isTexts(value) && value.length > 0,
  );
  if (to === undefined) throw new ControlError('to is missing');
  return {
    user: fields.text('user'),
    to,
    kind: fields.optionalChoice('kind', KINDS) ?? 'individual',
    channel: fields.optionalChoice('channel', CHANNELS) ?? 'default',
    from: fields.optionalText('from'),
    subject: fields.optionalText('subject') ?? '',
    html: fields.optionalText('html') ?? '',
    cc: fields.optionalTexts('cc'),
    attachments: fields.optional<CrmSend['attachments']>(
      'attachments',
      'a list of {name, type, base64}',
      (value) => Array.isArray(value) && value.every(isAttachment),
    ),
    replyTo: fields.optional<CrmSend['replyTo']>(
      'replyTo',
      'an object with emailMessageId, threadId or conversationId',
      (value) => isRecord(value) && Object.values(value).every((id) => id === undefined || typeof id === 'string'),
    ),
  };
}

function isAttachment(value: unknown): boolean {
  return isRecord(value) && ['name', 'type', 'base64'].every((name) => typeof value[name] === 'string');
}
