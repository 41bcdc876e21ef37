// Few rules, each against a mistake that the type checker does not see. Layout is not linted.
const rules = {
  'array-callback-return': 'error',
  'consistent-return': 'error',
  'default-case-last': 'error',
  'eqeqeq': ['error', 'always', { null: 'ignore' }],
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-eval': 'error',
  'no-fallthrough': 'error',
  'no-implicit-globals': 'error',
  'no-implied-eval': 'error',
  'no-loss-of-precision': 'error',
  'no-promise-executor-return': 'error',
  'no-return-assign': ['error', 'always'],
  'no-self-compare': 'error',
  'no-sequences': 'error',
  'no-shadow': 'error',
  'no-template-curly-in-string': 'error',
  'no-throw-literal': 'error',
  'no-unreachable-loop': 'error',
  'no-unused-expressions': ['error', { allowTaggedTemplates: false }],
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
  'no-useless-rename': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-promise-reject-errors': 'error',
};

export default [
  { ignores: ['**/node_modules/', 'build/', 'web/app/net/constants.js'] },
  {
    files: ['web/**/*.{js,mjs}', 'tests/**/*.{js,mjs}', 'cmake/**/*.mjs', 'scripts/**/*.mjs'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules,
  },
  {
    // What the browser runs: nothing is left on its console, and nothing is written as HTML.
    files: ['web/app/**/*.js'],
    rules: {
      'max-lines': ['error', 500],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Build nodes: what a person wrote is text.' },
        { property: 'outerHTML', message: 'Build nodes: what a person wrote is text.' },
        { property: 'insertAdjacentHTML', message: 'Build nodes: what a person wrote is text.' },
      ],
    },
  },
];
