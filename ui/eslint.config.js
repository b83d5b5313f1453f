import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const surfaces = ['kiosk', 'guru', 'admin', 'tamu', 'popup', 'mulai'];

const onlyHostKnowsTauri = {
    group: ['@tauri-apps/*'],
    message: 'Only src/host/tauri/ipc.ts talks to the desktop program.',
};

/** A folder may not import these other folders of src. */
const forbid = (folders) => ({
    group: folders.map((folder) => `**/${folder}/**`),
    message: 'Surfaces do not import each other, and shared code imports no surface.',
});

const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default defineConfig(
    { ignores: ['dist', 'src/api/schema.d.mts', 'src/host/contract.d.mts'] },
    js.configs.recommended,
    ts.configs.strictTypeChecked,
    svelte.configs.recommended,
    {
        languageOptions: {
            globals: { ...globals.browser },
            parserOptions: {
                projectService: { allowDefaultProject: ['*.js', 'scripts/*.js'] },
                tsconfigRootDir: import.meta.dirname,
                extraFileExtensions: ['.svelte'],
            },
        },
    },
    {
        files: ['**/*.svelte', '**/*.svelte.ts'],
        languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    },
    {
        files: ['*.js', 'scripts/*.js', 'vite.config.ts', 'guest_page.ts'],
        languageOptions: { globals: globals.node },
    },
    {
        rules: {
            eqeqeq: 'error',
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
            '@typescript-eslint/no-confusing-void-expression': [
                'error',
                { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
            ],
            // Names are spread into code points on purpose.
            '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
            '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
            '@typescript-eslint/consistent-type-imports': 'error',
            // A timer or a listener may start work whose end nobody waits for; it is then marked `void`.
            '@typescript-eslint/no-floating-promises': 'error',
            // Pages are opened by address; there is no router whose links would have to be resolved.
            'svelte/no-navigation-without-resolve': 'off',
        },
    },
    { files: ['**/*.js'], ...ts.configs.disableTypeChecked },
    { files: ['src/**'], rules: restrict(onlyHostKnowsTauri, forbid(surfaces)) },
    { files: ['src/host/tauri/ipc.ts'], rules: restrict(forbid(surfaces)) },
    ...surfaces.map((own) => ({
        files: [`src/${own}/**`],
        rules: restrict(onlyHostKnowsTauri, forbid(surfaces.filter((other) => other !== own))),
    })),
);
