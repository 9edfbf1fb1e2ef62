/** The event objects that Gmail hands to the add-on's functions (facts, platform 5.4). */
import { offsetMinutes } from '../apps-script/time-zone';
import type { World } from './world';

/** Where in Gmail the add-on is open: beside the list, beside a message, or in a window in which a mail is written. */
export type Place =
  | { readonly at: 'home' }
  | ({ readonly at: 'compose' } & Recipients)
  | { readonly at: 'thread'; readonly id: string }
  | { readonly at: 'message'; readonly id: string };

/** Addresses of a mail that is being written. */
export interface Recipients {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
}

export interface OpenMessage {
  readonly messageId: string;
  readonly threadId: string;
}

/**
 * What a person left in a card's form: texts for inputs and selections, a number of milliseconds for a date, an object
 * for a time or a date with a time.
 */
export type FormValue =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly msSinceEpoch: number; readonly hasDate?: boolean; readonly hasTime?: boolean }
  | { readonly hours: number; readonly minutes: number };
export type FormInputs = Readonly<Record<string, FormValue>>;

/** Grants the open message to whoever holds it, and nothing else; REST with `gmail.modify` needs none (facts, platform 5.4). */
const MESSAGE_SCOPE = 'https://www.googleapis.com/auth/gmail.addons.current.message.readonly';

export function eventFor(
  world: World,
  user: string,
  open: OpenMessage | Recipients | undefined,
  action?: { readonly parameters?: Readonly<Record<string, string>>; readonly formInputs?: FormInputs },
): Readonly<Record<string, unknown>> {
  const { userLocale, userTimeZone, eventMessageId } = world.switches.values;
  const parameters = action?.parameters ?? {};
  const inputs = formInputsOf(action?.formInputs ?? {});
  const locale = userLocale === '' ? {} : { userLocale };
  const id = (hex: string, kind: string) =>
    eventMessageId === 'hex' ? hex : `${kind}:${BigInt(`0x${hex}`).toString()}`;
  return {
    commonEventObject: {
      platform: 'WEB',
      hostApp: 'GMAIL',
      ...locale,
      timeZone: { id: userTimeZone, offset: offsetOf(String(userTimeZone), world.clock.now) },
      ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
      ...(Object.keys(inputs).length > 0 ? { formInputs: inputs } : {}),
    },
    // The fields of before 2020 are still there, beside the new ones.
    hostApp: 'gmail',
    clientPlatform: 'web',
    ...locale,
    userTimezone: { id: userTimeZone, offSet: String(offsetOf(String(userTimeZone), world.clock.now)) },
    parameters,
    ...(open === undefined
      ? {}
      : 'to' in open
        ? draftMetadata(world, open)
        : {
            gmail: {
              messageId: id(open.messageId, 'msg-f'),
              threadId: id(open.threadId, 'thread-f'),
              accessToken: world.gmail.token(user, [MESSAGE_SCOPE]),
            },
            messageMetadata: { messageId: id(open.messageId, 'msg-f') },
          }),
  };
}

/** Of a mail that is being written nothing is told but its recipients, and they only where the manifest asks (facts, platform 5.3). */
function draftMetadata({ manifest }: World, { to, cc, bcc }: Recipients): Readonly<Record<string, unknown>> {
  if (manifest.addOns?.gmail?.composeTrigger?.draftAccess !== 'METADATA') return {};
  const recipients = { toRecipients: [...to], ccRecipients: [...cc], bccRecipients: [...bcc] };
  return { gmail: recipients, draftMetadata: recipients };
}

/** An unchecked box, a switch that is off and an untouched date are absent, as Gmail leaves them out. */
function formInputsOf(inputs: FormInputs): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value === 'number') result[name] = { dateInput: { msSinceEpoch: value } };
    else if (typeof value === 'string') result[name] = { stringInputs: { value: [value] } };
    else if (typeof value === 'boolean') {
      if (value) result[name] = { stringInputs: { value: ['true'] } };
    } else if (isList(value)) {
      if (value.length > 0) result[name] = { stringInputs: { value: [...value] } };
    } else if ('hours' in value) result[name] = { timeInput: { hours: value.hours, minutes: value.minutes } };
    else {
      const { msSinceEpoch, hasDate = true, hasTime = true } = value;
      result[name] = hasTime ? { dateTimeInput: { msSinceEpoch, hasDate, hasTime } } : { dateInput: { msSinceEpoch } };
    }
  }
  return result;
}

function isList(value: FormValue): value is readonly string[] {
  return Array.isArray(value);
}

/** Milliseconds that the zone is ahead of UTC at that moment. */
function offsetOf(timeZone: string, now: number): number {
  return offsetMinutes(timeZone, now) * 60_000;
}
