import { SwitchBoard } from '../../../emulator/world/switch-board';

const board = () =>
  new SwitchBoard({
    crm: { replyTo: { value: 'crm', choices: ['crm', 'user'], about: 'Where replies go.' } },
    gmail: { lag: { value: 0, about: 'Lag.' }, strict: { value: true, about: 'Strict.' } },
  });

test('values are set all or none, and described with their part', () => {
  const switches = board();
  switches.set({ replyTo: 'user', lag: 5 });
  expect(switches.values).toEqual({ replyTo: 'user', lag: 5, strict: true });
  expect(() => switches.set({ strict: false, lag: 'much' })).toThrow('lag takes a number');
  expect(switches.values['strict']).toBe(true);
  expect(switches.describe()[0]).toEqual({
    name: 'replyTo',
    part: 'crm',
    value: 'user',
    default: 'crm',
    choices: ['crm', 'user'],
    about: 'Where replies go.',
  });
});

test.each([
  [{ nonsense: 1 }, 'there is no switch "nonsense"'],
  [{ toString: 1 }, 'there is no switch "toString"'],
  [{ replyTo: 'nobody' }, 'replyTo takes one of "crm", "user"'],
  [{ lag: NaN }, 'lag takes a finite number'],
  [{ strict: 'yes' }, 'strict takes a boolean'],
])('%j is refused', (values, message) => {
  expect(() => board().set(values)).toThrow(message);
});

test('two parts cannot have a switch of the same name', () => {
  const table = { lag: { value: 0, about: 'Lag.' } };
  expect(() => new SwitchBoard({ crm: table, gmail: table })).toThrow('of crm and of gmail');
});

test('a snapshot is what was in force', () => {
  const switches = board();
  const before = switches.snapshot();
  switches.set({ lag: 9 });
  switches.restore(before);
  expect(switches.values['lag']).toBe(0);
});
