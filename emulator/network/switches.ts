/** Behaviour of other people's mail hosts that differs from host to host. */
import type { SwitchTable } from '../core/switches';

export const NETWORK_SWITCHES = {
  lateBounceForm: {
    value: 'report',
    choices: ['report', 'text'],
    about:
      'How a host that takes a mail and bounces it later says so: a delivery report (RFC 3464) or plain text alone, as older hosts do (facts, reliability 1).',
  },
  lateBounceReferences: {
    value: true,
    about: 'Whether such a bounce names the mail in In-Reply-To and References; many hosts do not.',
  },
  outsideReactionMs: {
    value: 5000,
    about: 'How long an outside host takes to bounce a mail that it took, or to answer it by itself, in milliseconds.',
  },
  autoReplyTo: {
    value: 'header',
    choices: ['header', 'envelope'],
    about:
      'Where an auto-reply goes: to Reply-To or From, as most responders do, or to the envelope sender (RFC 3834, section 4).',
  },
  vacationIntervalDays: {
    value: 7,
    about: 'An auto-reply goes to the same sender once in so many days (RFC 3834, section 2).',
  },
  outsideMaximumBytes: {
    value: 36_700_160,
    about: 'The largest mail that an outside mailbox takes, in bytes of the message as it travels.',
  },
} satisfies SwitchTable;
