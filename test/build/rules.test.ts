/** The table of rules and tests is that of the tests as they are, and no rule is without one. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './built';

/** In a process of its own: the scripts are ES modules. */
function told(expression: string): string {
  const script = `import * as rules from './build/rules.mjs'; process.stdout.write(${expression});`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, encoding: 'utf8' });
}

test('every rule of the contract has a test that names it', () => {
  const counts = JSON.parse(
    told('JSON.stringify([...rules.testsByRule()].map(([rule, tests]) => [rule, tests.length]))'),
  ) as [string, number][];
  expect(counts.length).toBeGreaterThan(60);
  expect(counts.filter(([, count]) => count === 0)).toEqual([]);
});

test('docs/rules.md is what `npm run rules` writes', () => {
  expect(readFileSync(path.join(root, 'docs', 'rules.md'), 'utf8')).toBe(told('await rules.rulesDocument()'));
});
