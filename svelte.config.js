import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { mdsvex } from 'mdsvex';
import { remarkLanguages } from './src/lib/course/remark-languages.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
	extensions: ['.svelte', '.md'],
	preprocess: [
		vitePreprocess(),
		mdsvex({ extensions: ['.md'], smartypants: false, remarkPlugins: [remarkLanguages] })
	],
	compilerOptions: {
		runes: ({ filename }) =>
			filename.includes('node_modules') || filename.endsWith('.md') ? undefined : true
	},
	kit: {
		adapter: adapter(),
		typescript: {
			config: (config) => ({
				...config,
				include: [
					...config.include,
					'../lessons/**/*.ts',
					'../svelte.config.js',
					'../eslint.config.js',
					'../playwright.config.ts',
					'../scripts/**/*.ts',
					'../.ci/*.js'
				]
			})
		},
		alias: { $lessons: 'lessons' },
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' }
	}
};
