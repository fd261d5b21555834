import tseslint from 'typescript-eslint';

/** A sentence for people in code. Such sentences stand in `locales/`, where each language has them. */
const SENTENCE = String.raw`/(?:^|[>.!?] ?)[A-Z][a-z’']+ [a-z’']+[ .!?]/`;
const IN_LOCALES = 'Put sentences for people into locales/, so that every language has them.';

/** Type-aware linting for every TypeScript room; plain rules for the few scripts and browser files. */
export default tseslint.config(
  {
    ignores: ['node_modules/**', 'dist/**', 'build/**', 'build-*/**', 'vendor/**', '.data/**'],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'max-lines': ['warn', { max: 400, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 40, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: [
      'cards/**/*.ts',
      'dialogs/**/*.ts',
      'bot/teams/extension/**/*.ts',
      'bot/web/**/*.ts',
      'widget/**/*.js',
    ],
    // Descriptions of the HTTP interface, the operator's checks and the imitated page of a partner are English only.
    ignores: [
      '**/api.ts',
      'bot/web/widget/demo-page.ts',
      'bot/web/widget/live-check.ts',
      'bot/web/widget/settings.ts',
      'widget/demo/**',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=${SENTENCE}]`, message: IN_LOCALES },
        { selector: `TemplateElement[value.raw=${SENTENCE}]`, message: IN_LOCALES },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    files: ['bot/cli.ts', 'bot/cli/**/*.ts', 'test/bench/**/*.ts', 'scripts/**'],
    rules: { 'no-console': 'off' },
  },
);
