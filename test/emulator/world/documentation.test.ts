import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { controlCalls } from '../../../emulator/control/control';
import { SwitchBoard } from '../../../emulator/world/switch-board';
import { SWITCHES_OF_THE_PARTS } from '../../../emulator/world/services';
import { switchTable } from '../../../emulator/world/switch-table';

const file = path.resolve('docs/emulator.md');
const BEGIN = '<!-- switches: made by `UPDATE_DOCS=1 npx jest test/emulator/world/documentation` -->';
const END = '<!-- /switches -->';

test('docs/emulator.md lists every switch as it is', () => {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest.split(END)[1];
  const made = `${before}${BEGIN}\n\n${switchTable(new SwitchBoard(SWITCHES_OF_THE_PARTS))}\n\n${END}${after}`;
  // Prettier loads itself with dynamic imports, which jest does not let it do.
  const wanted = execFileSync(path.resolve('node_modules/.bin/prettier'), ['--stdin-filepath', file], {
    input: made,
  }).toString();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, wanted);
  expect(readFileSync(file, 'utf8')).toBe(wanted);
});

test('docs/emulator.md names every control call', () => {
  const text = readFileSync(file, 'utf8');
  const unnamed = controlCalls().filter((call) => !text.includes(`\`${call.replace(' ', ' /emulator/')}`));
  expect(unnamed).toEqual([]);
});
