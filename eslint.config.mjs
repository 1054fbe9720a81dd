import tseslint from 'typescript-eslint';
import { documentedExports } from './scripts/lint/documented-exports.mjs';

const browserSource = ['packages/*/src/**/*.ts', 'apps/{experiments,studio}/src/**/*.ts'];
const nodeOnly = ['**/*.node.ts', '**/src/node.ts', '**/src/node/**'];
const nodeGlobals = ['process', 'Buffer', 'global', 'require', '__dirname', '__filename', 'setImmediate'];

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'docs/site/', '**/.turbo/', 'shared/'] },
  tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unsafe-declaration-merging': 'off', // methods reach Tensor by a merged interface
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      eqeqeq: 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(\\.\\./)+(packages|apps|tensors|layers|train|bio|interpret)/', message: 'Import the package.' },
            { regex: '^\\.{1,2}/.*\\.(ts|js)$', message: 'Write the import without its extension.' },
          ],
        },
      ],
    },
  },
  {
    files: browserSource,
    ignores: nodeOnly,
    rules: {
      'no-restricted-globals': ['error', ...nodeGlobals.map((name) => ({ name, message: 'A browser has none.' }))],
      'no-console': 'error',
    },
  },
  {
    files: ['{packages,apps}/*/src/**/*.ts'],
    plugins: { house: { rules: { 'documented-exports': documentedExports } } },
    rules: { 'house/documented-exports': 'error' },
  },
  { files: ['packages/tensors/src/**/*.ts'], rules: { 'max-lines': ['error', 450] } },
);
