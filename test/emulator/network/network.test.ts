import PostalMime from 'postal-mime';
import { Clock } from '../../../emulator/core/clock';
import { Ids } from '../../../emulator/core/ids';
import { Refusal, type Delivered, type Envelope, type MailHost } from '../../../emulator/core/network';
import { defaultsOf } from '../../../emulator/core/switches';
import { Network, type NetworkSwitches } from '../../../emulator/network/network';
import { NETWORK_SWITCHES } from '../../../emulator/network/switches';

/** A host that keeps what comes in, and can answer it. */
class Host implements MailHost {
  readonly received: Envelope[] = [];
  constructor(
    private readonly address: string,
    private readonly answer: (envelope: Envelope) => void = () => undefined,
  ) {}
  accepts(address: string): boolean {
    return address === this.address;
  }
  receive(to: string, envelope: Envelope): Delivered {
    this.received.push(envelope);
    this.answer(envelope);
    return { account: to, id: '1', threadId: '1' };
  }
}

function build(hosts: MailHost[] = [], switches: Partial<NetworkSwitches> = {}) {
  const clock = new Clock(Date.UTC(2026, 2, 2, 8));
  const network = new Network({
    clock,
    ids: new Ids(1),
    switches: () => ({ ...defaultsOf(NETWORK_SWITCHES), ...switches }),
    hosts: () => hosts,
    servesDomain: (domain) => domain === 'example.com',
  });
  return { clock, network };
}

/** Time enough for whatever an outside host does by itself. */
function react({ clock, network }: Pick<ReturnType<typeof build>, 'clock' | 'network'>): void {
  clock.advance(5000);
  network.settle();
}

const raw = Buffer.from(
  'From: Alex <alex@example.com>\r\nTo: ana@outside.example\r\nSubject: Offer\r\n' +
    'Message-ID: <one@example.com>\r\nX-Mark: kept\r\n\r\nHello\r\n',
);
const mail = (to: string[], from = 'alex@example.com'): Envelope => ({ from, to, raw });
const parse = (envelope: Envelope) => PostalMime.parse(envelope.raw);

describe('who takes a mail', () => {
  test('each recipient once, at its own host, in any case and with a tag', () => {
    const gmail = new Host('agent@example.com');
    const { network, clock } = build([gmail]);
    network.addMailbox('ana@outside.example', 'Ana');
    const delivery = network.send(
      mail(['Ana@Outside.example', 'ana@outside.example', 'ana+offers@outside.example', 'AGENT@example.com']),
    );
    expect(delivery).toEqual({
      delivered: [
        { account: 'ana@outside.example' },
        { account: 'ana@outside.example' },
        { account: 'AGENT@example.com', id: '1', threadId: '1' },
      ],
      refused: [],
    });
    expect(network.received('ana@outside.example')).toEqual([
      { raw, at: clock.now },
      { raw, at: clock.now },
    ]);
    expect(network.received('ana@outside.example')?.[0].raw.equals(raw)).toBe(true);
  });

  test('a refusal names the reason and stops no other recipient', () => {
    const { network } = build();
    network.addMailbox('ana@outside.example', 'Ana');
    network.addMailbox('full@outside.example', 'Full', { delivery: 'refuses', reason: '552 5.2.2 Mailbox full' });
    const delivery = network.send(
      mail([
        'full@outside.example',
        'no@outside.example',
        'no@example.com',
        'no@nowhere.example',
        'x',
        'ana@outside.example',
      ]),
    );
    expect(delivery.delivered).toEqual([{ account: 'ana@outside.example' }]);
    expect(delivery.refused.map(({ reason }) => reason)).toEqual([
      '552 5.2.2 Mailbox full',
      expect.stringMatching(/^550 5\.1\.1 /),
      expect.stringMatching(/^550 5\.1\.1 /),
      '550 5.1.2 The domain nowhere.example could not be found',
      expect.stringMatching(/^501 5\.1\.3 /),
    ]);
    expect(network.received('full@outside.example')).toEqual([]);
  });

  test('a host that throws something else is a passing error, not a crash', () => {
    const broken: MailHost = {
      accepts: () => true,
      receive: () => {
        throw new TypeError('oops');
      },
    };
    expect(build([broken]).network.send(mail(['a@b.example'])).refused).toEqual([
      { to: 'a@b.example', reason: '451 4.3.0 oops' },
    ]);
    const { network } = build([{ accepts: () => true, receive: () => { throw new Refusal('550 5.7.1 no'); } }]); // prettier-ignore
    expect(network.send(mail(['a@b.example'])).refused[0].reason).toBe('550 5.7.1 no');
  });

  test('a mail over the limit is refused', () => {
    const { network } = build([], { outsideMaximumBytes: 10 });
    network.addMailbox('ana@outside.example', 'Ana');
    expect(network.send(mail(['ana@outside.example'])).refused[0].reason).toMatch(/^552 5\.3\.4 /);
  });
});

describe('T9: a host that takes a mail and bounces it later', () => {
  test('writes a delivery report (RFC 3464) to the envelope sender', async () => {
    const sender = new Host('alex@example.com');
    const world = build([sender]);
    const { network, clock } = world;
    network.addMailbox('gone@outside.example', 'Gone', { delivery: 'bounces', reason: '550 5.1.1 no such user' });
    expect(network.send(mail(['gone@outside.example'])).delivered).toEqual([{ account: 'gone@outside.example' }]);
    expect(network.received('gone@outside.example')).toEqual([]);
    expect(sender.received).toEqual([]);
    expect(network.nextDue()).toBe(clock.now + 5000);
    react(world);
    expect(network.nextDue()).toBeUndefined();
    expect(sender.received).toHaveLength(1);
    expect(sender.received[0].from).toBe('');
    const report = await parse(sender.received[0]);
    expect(report.to?.[0].address).toBe('alex@example.com');
    expect(report.inReplyTo).toBe('<one@example.com>');
    const text = sender.received[0].raw.toString();
    expect(text).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status/m);
    expect(text).toMatch(/^Final-Recipient: rfc822; gone@outside.example\r\nAction: failed\r\nStatus: 5\.1\.1\r$/m);
    expect(text).toMatch(/^X-Mark: kept\r$/m);
  });

  test('as plain text that names nothing, where the host is of that kind', async () => {
    const sender = new Host('alex@example.com');
    const world = build([sender], { lateBounceForm: 'text', lateBounceReferences: false });
    world.network.addMailbox('gone@outside.example', 'Gone', { delivery: 'bounces' });
    world.network.send(mail(['gone@outside.example']));
    react(world);
    const report = await parse(sender.received[0]);
    expect(report.inReplyTo).toBeUndefined();
    expect(report.text).toContain('gone@outside.example');
    expect(report.attachments).toEqual([]);
  });

  test('a report is never reported on (RFC 5321, 4.5.5)', () => {
    const { network } = build();
    network.addMailbox('a@outside.example', 'A', { delivery: 'bounces' });
    network.send(mail(['a@outside.example'], ''));
    expect(network.nextDue()).toBeUndefined();
  });
});

describe('T9: auto-replies (RFC 3834)', () => {
  const build1 = (sender: Host) => {
    const world = build([sender]);
    world.network.addMailbox('ana@outside.example', 'Ana Müller', { autoReply: 'Zurück am Montag.' });
    return world;
  };

  test('marked as automatic, in answer to the mail, from an empty envelope sender', async () => {
    const sender = new Host('alex@example.com');
    const world = build1(sender);
    world.network.send(mail(['ana@outside.example']));
    react(world);
    expect(sender.received[0].from).toBe('');
    const reply = await parse(sender.received[0]);
    expect(reply.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-replied');
    expect(reply.from).toEqual({ address: 'ana@outside.example', name: 'Ana Müller' });
    expect(reply.inReplyTo).toBe('<one@example.com>');
    expect(reply.text).toContain('Zurück am Montag.');
  });

  test('once in seven days to one sender, and again later', () => {
    const sender = new Host('alex@example.com');
    const { network, clock } = build1(sender);
    network.send(mail(['ana@outside.example']));
    clock.advance(6 * 86_400_000);
    network.send(mail(['ana@outside.example']));
    react({ network, clock });
    expect(sender.received).toHaveLength(1);
    clock.advance(86_400_000);
    network.send(mail(['ana@outside.example']));
    react({ network, clock });
    expect(sender.received).toHaveLength(2);
    expect(network.received('ana@outside.example')).toHaveLength(3);
  });

  test.each([
    ['a report', '', 'X: y'],
    ['a machine', 'alex@example.com', 'Auto-Submitted: auto-generated'],
    ['a list', 'alex@example.com', 'List-Id: <news.example>'],
    ['bulk mail', 'alex@example.com', 'Precedence: bulk'],
    ['an address that takes no answer', 'no-reply@example.com', 'X: y'],
  ])('none to %s', (_what, from, header) => {
    const sender = new Host(from);
    const { network } = build1(sender);
    const automatic = Buffer.from(`${header}\r\n${raw.toString()}`);
    network.send({ from, to: ['ana@outside.example'], raw: automatic });
    expect(network.nextDue()).toBeUndefined();
  });

  test.each([
    ['header', 'answers@example.com'],
    ['envelope', 'alex@example.com'],
  ])('to where the mail asks for answers, or to the envelope sender: %s', (autoReplyTo, address) => {
    const sender = new Host(address);
    const world = build([sender], { autoReplyTo });
    world.network.addMailbox('ana@outside.example', 'Ana', { autoReply: 'away' });
    const asking = Buffer.from(`Reply-To: "A, B" <answers@example.com>, other@example.com\r\n${raw.toString()}`);
    world.network.send({ from: 'alex@example.com', to: ['ana@outside.example'], raw: asking });
    react(world);
    expect(sender.received).toHaveLength(1);
  });

  test('two responders do not answer each other for ever', () => {
    const world = build([], { autoReplyTo: 'envelope' });
    const { network } = world;
    network.addMailbox('a@outside.example', 'A', { autoReply: 'away' });
    network.addMailbox('b@outside.example', 'B', { autoReply: 'away' });
    network.send(mail(['a@outside.example'], 'b@outside.example'));
    for (let i = 0; i < 5; i++) react(world);
    expect(network.received('b@outside.example')).toHaveLength(1);
    expect(network.received('a@outside.example')).toHaveLength(1);
  });
});

test('hosts that answer everything are stopped by the hop count', () => {
  const reasons: string[] = [];
  const loop = new Host('loop@example.com', () => {
    const { refused } = network.send(mail(['loop@example.com']));
    reasons.push(...refused.map(({ reason }) => reason));
  });
  const { network } = build([loop]);
  network.send(mail(['loop@example.com']));
  expect(loop.received).toHaveLength(8);
  expect(reasons).toEqual(['554 5.4.14 Hop count exceeded: possible mail loop']);
});

test('a snapshot is a copy: what comes later is not in it, and the bytes are shared', () => {
  const { network } = build();
  network.addMailbox('ana@outside.example', 'Ana');
  network.addMailbox('gone@outside.example', 'Gone', { delivery: 'bounces' });
  network.send(mail(['ana@outside.example', 'gone@outside.example']));
  const before = network.snapshot();
  expect(before.waiting).toHaveLength(1);
  network.send(mail(['ana@outside.example']));
  network.setBehaviour('ana@outside.example', { delivery: 'refuses' });
  network.restore(before);
  expect(network.nextDue()).toBeDefined();
  expect(network.received('ana@outside.example')).toHaveLength(1);
  expect(network.received('ana@outside.example')?.[0].raw).toBe(raw);
  expect(network.describe()[0].behaviour.delivery).toBe('takes');
});
