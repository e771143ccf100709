import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const OUT = fileURLToPath(new URL('../../node_modules/.cache/promenade/bench', import.meta.url));

/**
 * Builds a program as the site ships its code, for a process of its own, and gives the path of the result. What runs TypeScript as it stands
 * gives each closure its name every time one is made, which quick calls would be charged with, and takes memory itself.
 */
export async function bundle(entry: URL, name: string): Promise<string> {
	await build({
		configFile: false,
		logLevel: 'warn',
		build: {
			outDir: OUT,
			emptyOutDir: false,
			lib: { entry: fileURLToPath(entry), formats: ['es'], fileName: name },
			rollupOptions: { external: /^node:/ }
		}
	});
	return `${OUT}/${name}.js`;
}
