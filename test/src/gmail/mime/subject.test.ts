import { normaliseSubject } from '../../../../src/gmail/mime/subject';

test.each([
  'Offer 5',
  'Re: Offer 5',
  'RE: FW: re:Offer 5',
  'Fwd: Offer  5',
  'AW: WG: Offer 5',
  'Antw: Offer 5',
  'SV: VS: Offer 5',
  'RÉ : Offer 5',
  'RV: ENC: Offer 5',
  'Odp: Offer 5',
  'YNT: İLT: Offer 5',
  'Re[2]: Offer 5',
  'Re(3): Re^4: Re5: Offer 5',
  '回复：Offer 5',
  '答复: 转发: Offer 5',
  '返信：Offer 5',
  '답장: Offer 5',
  'Ответ: Offer 5',
  'תגובה: Offer 5',
  'رد: Offer 5',
  'ΑΠ: Offer 5',
  ' offer 5 ',
  '=?utf-8?q?Re=3A_Offer_5?=',
])('T2: %s is the subject "offer 5"', (subject) => {
  expect(normaliseSubject(subject)).toBe('offer 5');
});

test.each([
  ['[List] Re: Offer', '[list] re: offer'],
  ['Ready: go', 'ready: go'],
  ['Report: Q1', 'report: q1'],
  ['Re: ', ''],
  ['Re', 're'],
  ['', ''],
  ['Ärger', 'ärger'],
])('%j is "%s": what only looks like a prefix stays', (subject, normal) => {
  expect(normaliseSubject(subject)).toBe(normal);
});

test('a subject of thousands of prefixes is done in a moment', () => {
  const begin = performance.now();
  expect(normaliseSubject('Re: '.repeat(100_000))).toBe('');
  expect(performance.now() - begin).toBeLessThan(500);
});
