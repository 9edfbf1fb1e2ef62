/** Events of Gmail, whole and in pieces (facts, platform 5.4). */
import { hexId, readEvent } from '../../../src/cards/event';

test('platform 5.4: ids of Gmail’s screens become those of REST, beyond 2^53 too', () => {
  for (const hex of ['19cadc69da00857e', '1000000000000001', 'ffffffffffffffff', '18f0000000000000']) {
    const decimal = BigInt(`0x${hex}`).toString();
    expect(hexId(`msg-f:${decimal}`)).toBe(hex);
    expect(hexId(`thread-f:${decimal}`)).toBe(hex);
    expect(hexId(`#thread-f:${decimal}`)).toBe(hex);
    expect(hexId(hex)).toBe(hex);
  }
});

test.each(['msg-a:r123456', 'FMfcgzQXJ', '', 'msg-f:', 'msg-f:12x', '../labels', undefined, 12, null])(
  'platform 5.4: %p is no id',
  (id) => expect(hexId(id)).toBeUndefined(),
);

test.each([undefined, null, 'event', 7, [], {}, { commonEventObject: null, gmail: 'x' }])(
  'an event of %p is an empty one',
  (event) => {
    expect(readEvent(event)).toMatchObject({ parameters: {}, locale: '', offset: 0 });
    expect(readEvent(event).form('token')).toEqual([]);
    expect(readEvent(event).messageId).toBeUndefined();
  },
);

test('form values, parameters, locale and time zone', () => {
  const event = readEvent({
    commonEventObject: {
      formInputs: { token: { stringInputs: { value: ['pit-1', 2] } }, date: { dateInput: { msSinceEpoch: 1 } } },
      parameters: { do: 'x', odd: 3 },
      userLocale: 'de-AT',
      timeZone: { id: 'Europe/Vienna', offset: 3_600_000 },
    },
    gmail: { messageId: `msg-f:${BigInt('0x19c865a3d6a0557e')}`, threadId: '19cadc69da00857e' },
  });
  expect(event.form('token')).toEqual(['pit-1']);
  expect(event.form('date')).toEqual([]);
  expect(event.parameters).toEqual({ do: 'x' });
  expect(event).toMatchObject({
    locale: 'de-AT',
    offset: 3_600_000,
    messageId: '19c865a3d6a0557e',
    threadId: '19cadc69da00857e',
  });
});

test('an impossible time zone is none', () => {
  expect(readEvent({ commonEventObject: { timeZone: { offset: 1e12 } } }).offset).toBe(0);
});
