import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es' },
	server: { fs: { allow: ['lessons'] } },
	test: {
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/e2e/**'],
		environment: 'node',
		reporters: process.env.VITEST_REPORT ? ['default', 'json'] : ['default'],
		outputFile: { json: process.env.VITEST_REPORT ?? '' }
	}
});
