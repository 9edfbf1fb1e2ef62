/**
 * A lint rule: who may import whom. It resolves each relative import to its place in the repository, so a folder that
 * happens to have another's name does no harm.
 *
 * The add-on: index → cards → account, sync → crm, gmail → platform, one way; `sync/rules*` and `sync/plan*` are pure
 * functions: besides types they import only what is pure too (a test looks through all that they reach). The emulator is a product of its own, and its services meet only through core.
 */
import path from 'node:path';
import { root } from './paths.mjs';

/** What each part may see besides itself; a part is the first one whose folder holds the file. */
const PARTS = [
  { part: 'src/cards', sees: ['src/account', 'src/sync', 'src/crm', 'src/gmail', 'src/platform'] },
  // What the sidebar and a pass share of a connection goes both ways between these two.
  { part: 'src/account', sees: ['src/sync', 'src/crm', 'src/gmail', 'src/platform'] },
  { part: 'src/sync', sees: ['src/account', 'src/crm', 'src/gmail', 'src/platform'] },
  { part: 'src/crm', sees: ['src/platform'] },
  { part: 'src/gmail', sees: ['src/platform'] },
  { part: 'src/platform', sees: [] },
  { part: 'src', sees: ['src/cards', 'src/account', 'src/sync', 'src/crm', 'src/gmail', 'src/platform'] },
  { part: 'emulator/core', sees: [] },
  { part: 'emulator/gmail', sees: ['emulator/core'] },
  { part: 'emulator/highlevel', sees: ['emulator/core'] },
  { part: 'emulator/apps-script', sees: ['emulator/core'] },
  { part: 'emulator/network', sees: ['emulator/core'] },
  // The page is a client of the outside face alone.
  { part: 'emulator/page', sees: [] },
  { part: 'emulator', sees: ['emulator'] },
];

const PURE = /^src\/sync\/(rules|plan)[^/]*(\/|$)/;
/** Where pure functions live that rules and plan may call. */
const PURE_HELP = /^src\/(sync|gmail\/mime|platform\/(hash|text)$)/;
const inside = (folder, place) => place === folder || place.startsWith(`${folder}/`);

export const importDirection = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      direction: '{{part}} must not import {{target}}: see the table in build/import-direction.mjs.',
      pure: 'Rules and plan are pure: what talks to the outside gives them types only.',
      node: 'Neither Apps Script nor the page has Node.',
    },
  },
  create(context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/');
    const rule = PARTS.find(({ part }) => inside(part, file));
    if (rule === undefined) return {};
    const withoutNode = inside('src', file) || inside('emulator/page', file);

    function check(node, source, typesOnly) {
      if (typeof source !== 'string') return;
      if (source.startsWith('node:') && withoutNode) return context.report({ node, messageId: 'node' });
      if (!source.startsWith('.')) return;
      const target = path.posix.join(path.posix.dirname(file), source);
      const own = inside(rule.part, target) && !leavesForSubpart(rule.part, target);
      if (!own && !rule.sees.some((part) => inside(part, target))) {
        return context.report({ node, messageId: 'direction', data: { part: rule.part, target } });
      }
      if (PURE.test(file) && !PURE_HELP.test(target) && !typesOnly) context.report({ node, messageId: 'pure' });
    }

    return {
      ImportDeclaration: (node) => check(node, node.source.value, takesTypesOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source?.value, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source.value, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source.value, false),
      TSImportType: (node) => check(node, node.source?.value ?? node.argument?.literal?.value, true),
    };
  },
};

function takesTypesOnly({ importKind, specifiers }) {
  return importKind === 'type' || (specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type'));
}

/** `src` holds the other parts' folders; a file there sees them because the table says so, not because it holds them. */
function leavesForSubpart(part, target) {
  return PARTS.some((other) => other.part !== part && inside(part, other.part) && inside(other.part, target));
}
