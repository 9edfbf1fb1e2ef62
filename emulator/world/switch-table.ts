/** The switches as a table of the documentation. */
import type { SwitchBoard } from './switch-board';

const PARTS: Readonly<Record<string, string>> = {
  crm: 'The CRM',
  gmail: 'Gmail',
  'apps-script': 'Apps Script',
  network: 'Other people’s mail hosts',
  person: 'The person at the sidebar',
};

export function switchTable(board: SwitchBoard): string {
  const switches = board.describe();
  const sections = Object.entries(PARTS).map(([part, title]) => {
    const rows = switches
      .filter((entry) => entry.part === part)
      .map(({ name, default: usual, choices, about }) => {
        const others =
          choices === undefined
            ? ''
            : choices
                .filter((choice) => choice !== usual)
                .map(code)
                .join(', ');
        return `| \`${name}\` | ${code(usual)} | ${others} | ${about.replace(/\|/g, '\\|')} |`;
      });
    return [
      `### ${title}`,
      '',
      '| switch | default | others | what it changes |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return sections.join('\n\n');
}

function code(value: string | number | boolean): string {
  return value === '' ? 'empty' : `\`${String(value)}\``;
}
