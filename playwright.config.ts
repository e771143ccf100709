import { defineConfig } from '@playwright/test';
import { findChromium } from './tests/e2e/chromium.ts';

const PORT = 4183;

export default defineConfig({
	testDir: 'tests/e2e',
	// Every page runs a simulation: more workers than this only make each other late.
	workers: 2,
	fullyParallel: false,
	timeout: 60_000,
	expect: { timeout: 20_000 },
	reporter: process.env.CI_REPORT
		? [['list'], ['json', { outputFile: process.env.CI_REPORT }]]
		: [['list']],
	use: {
		baseURL: `http://127.0.0.1:${PORT}`,
		viewport: { width: 1440, height: 900 },
		launchOptions: {
			executablePath: findChromium(),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	webServer: {
		// Who has built the site a moment ago need not wait for it again.
		command: `${process.env.SITE_IS_BUILT ? '' : 'npm run build && '}npx vite preview --host 127.0.0.1 --port ${PORT} --strictPort`,
		url: `http://127.0.0.1:${PORT}`,
		timeout: 240_000,
		reuseExistingServer: false
	}
});
