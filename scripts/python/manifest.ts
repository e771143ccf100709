import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `static/python/manifest.json` says: which Python the site can start, or why it has none. */
export type Manifest = InstalledPython | NoPython;

export interface InstalledPython {
	readonly installed: true;
	/** Of everything that the files are made from. They lie in a folder of that name, so that no cache mixes two installs. */
	readonly stamp: string;
	readonly pyodide: string;
	readonly python: string;
	readonly packages: readonly PythonPackage[];
	readonly files: readonly PythonFile[];
}

export interface NoPython {
	readonly installed: false;
	/** One sentence for people, without its full stop. */
	readonly reason: string;
	/** Only of an error that nobody foresaw: where it came from. */
	readonly trace?: string;
}

export interface PythonPackage {
	readonly name: string;
	readonly version: string;
	readonly licence: string;
}

export interface PythonFile {
	readonly name: string;
	/** As it is read, and as a download is counted, since `fetch` gives bytes that are decompressed. */
	readonly bytes: number;
	/** What it takes on the wire, about: brotli at quality 9. */
	readonly brotli: number;
	/** In hexadecimal. */
	readonly sha256: string;
}

const NAME = 'manifest.json';

/** Returns undefined when there is no manifest in the folder, or one that cannot be read. */
export function readManifest(folder: string): Manifest | undefined {
	const path = join(folder, NAME);
	if (!existsSync(path)) return undefined;
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return undefined;
	}
}

export function writeManifest(folder: string, manifest: Manifest): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, NAME), `${JSON.stringify(manifest, null, '\t')}\n`);
}

/** Whether the folder holds a whole install of that stamp. */
export function isInstalled(folder: string, stamp: string): boolean {
	const manifest = readManifest(folder);
	if (!manifest?.installed || manifest.stamp !== stamp) return false;
	return manifest.files.every(({ name, bytes }) => {
		const path = join(folder, stamp, name);
		return existsSync(path) && statSync(path).size === bytes;
	});
}
