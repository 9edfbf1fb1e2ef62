/** Mail from and to people who are on neither service, and what a Google user does in Gmail's own screens. */
import type { MailboxBehaviour } from '../network/network';
import { GMAIL_ACTS } from '../world/acts';
import { ControlError, type ControlCalls } from './call';

const DELIVERIES: readonly MailboxBehaviour['delivery'][] = ['takes', 'refuses', 'bounces'];

export const MAIL_CALLS: ControlCalls = [
  [
    'POST mail',
    (world, call) => {
      const from = addressFrom(call.query.get('from') ?? '');
      const to = call.query.getAll('to').map(addressFrom);
      if (to.length === 0) throw new ControlError('to is missing');
      // An empty sender is a delivery report's; anything else must be one word, as it goes into headers.
      if (/[\s<>]/.test(from)) throw new ControlError('from is not an address');
      if (call.bytes.length === 0) throw new ControlError('the body must be the mail');
      world.changes++;
      return world.network.send({ from, to, raw: call.bytes });
    },
  ],
  [
    'GET mailbox',
    (world, call) => {
      const address = addressFrom(call.parameters().text('address'));
      const received = world.network.received(address);
      if (received === undefined) throw new ControlError(`no outside mailbox ${address}`, 404);
      return received.map(({ raw, at }) => ({ raw: raw.toString('base64'), at }));
    },
  ],
  [
    'PUT mailbox',
    (world, call) => {
      const fields = call.body();
      const address = fields.text('address');
      const reason = fields.optionalText('reason');
      if (reason !== undefined && !/^[45]\d\d [\x20-\x7e]{1,400}$/.test(reason)) {
        throw new ControlError('reason must be one line that begins with an SMTP reply code: 550 5.1.1 no such user');
      }
      const given = {
        delivery: fields.optionalChoice('delivery', DELIVERIES),
        reason,
        autoReply: fields.optionalText('autoReply'),
      };
      const behaviour = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      if (!world.network.accepts(address)) {
        if (world.gmail.accepts(address)) throw new ControlError(`${address} is a Gmail address`, 409);
        world.network.addMailbox(address, fields.optionalText('name') ?? address, behaviour);
      } else world.network.setBehaviour(address, behaviour);
      world.changes++;
      return world.network.describe().find((mailbox) => mailbox.address.toLowerCase() === address.toLowerCase());
    },
  ],
  [
    'POST gmail/act',
    (world, call) => {
      const fields = call.body();
      const user = fields.text('user');
      world.checkAccount(user);
      world.gmail.act(user, fields.choice('act', GMAIL_ACTS), fields.optionalText('id'));
      world.changes++;
    },
  ],
  [
    'POST gmail/expire-history',
    (world, call) => {
      const user = call.body().text('user');
      world.checkAccount(user);
      world.gmail.expireHistory(user);
    },
  ],
];

/** A plus in a query reads as a blank, and addresses have no blanks of their own. */
function addressFrom(value: string): string {
  return value.trim().replace(/ /g, '+');
}
