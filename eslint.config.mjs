/** Lint: typescript-eslint with types, tuned to what finds mistakes, and the one-way street of imports. */
import tseslint from 'typescript-eslint';
import { importDirection } from './build/import-direction.mjs';

/** Rules of the strict set that ask for ceremony and find nothing here. */
const tuned = {
  // Numbers and booleans in a text are plain to read.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // `items[0]!` after a check of the length is honest.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // Answers of other people's services are checked even where the types say that there is nothing to check.
  '@typescript-eslint/no-unnecessary-condition': 'off',
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/no-invalid-void-type': 'off',
  '@typescript-eslint/no-dynamic-delete': 'off',
  '@typescript-eslint/no-extraneous-class': 'off',
  '@typescript-eslint/unified-signatures': 'off',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  eqeqeq: 'error',
  'no-console': 'error',
  'no-control-regex': 'off',
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
};

/** A run is a function of its seed: the clock and the ids are handed in. */
const injected = [
  { object: 'Math', property: 'random', message: 'Ids are injected.' },
  { object: 'Date', property: 'now', message: 'The clock is injected.' },
];
const noClockOfTheMachine = {
  'no-restricted-properties': ['error', ...injected],
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is injected.' },
  ],
};

/** The platform runs each execution in a global scope of its own, the simulation many in one: they must do the same. */
const AT_THE_TOP = ['Program >', 'Program > ExportNamedDeclaration >'];
const nothingKept = {
  'no-restricted-syntax': [
    'error',
    ...[
      ...AT_THE_TOP.map((top) => `${top} VariableDeclaration[kind='let']`),
      ...AT_THE_TOP.map(
        (top) => `${top} VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/^(Weak)?(Map|Set)$/]`,
      ),
      'PropertyDefinition[static=true][readonly!=true]',
    ].map((selector) => ({ selector, message: 'Nothing is kept in memory from one execution to the next.' })),
  ],
};

export default tseslint.config(
  { ignores: ['node_modules', 'dist', '.cache', 'coverage'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { threadlink: { rules: { 'import-direction': importDirection } } },
    rules: { ...tuned, 'threadlink/import-direction': 'error' },
  },
  { files: ['emulator/**/*.ts'], ignores: ['emulator/page/**', 'emulator/main.ts'], rules: noClockOfTheMachine },
  { files: ['src/**/*.ts'], rules: nothingKept },
  { files: ['emulator/main.ts', 'src/platform/log.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      'max-lines': ['error', { max: 800, skipBlankLines: true, skipComments: true }],
      // Answers that are looked into in a test are what they are.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.recommended, tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off', eqeqeq: 'error' },
  },
);
