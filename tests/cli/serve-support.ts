import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** 45 seconds from 2026-01-05T09:00:00Z: a counter, of which one series comes late, and a gauge. */
export const SAMPLES = `# HELP x Xs, <b>all</b>.
# TYPE x counter
x_total{a="1"} 1 1767603600
x_total{a="1"} 5 1767603615
x_total{a="1"} 9 1767603630
x_total{a="1"} 13 1767603645
x_total{a="2",zone="north \\"1\\""} 3 1767603645
# TYPE g gauge
g{instance="a:80",job="shop"} -1e-7 1767603600
g{instance="a:80",job="shop"} NaN 1767603615
g{instance="a:80",job="shop"} +Inf 1767603630
g{instance="a:80",job="shop"} 2.5 1767603645
# EOF
`;

/** A folder that goes away with everything in it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), 'lab-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes the samples into the folder, and tells the path. */
export function samplesFile(folder: string): string {
	const path = join(folder, 'samples.om');
	writeFileSync(path, SAMPLES);
	return path;
}

/** Ends a process by its own id and waits until it has. */
export async function end(child: ChildProcess): Promise<number | null> {
	if (child.exitCode !== null) return child.exitCode;
	const exited = once(child, 'exit');
	child.kill('SIGTERM');
	const [code] = (await exited) as [number | null];
	return code;
}

const isThere = ['prometheus', 'promtool'].every(
	(name) => spawnSync(name, ['--version']).status === 0
);

/** Why there is no peer to compare with, at the end of a test's name; empty where there is one. */
export const NO_PEER = isThere
	? ''
	: ' (skipped: no prometheus and promtool on the PATH; they are in Debian’s package prometheus)';

/** A Prometheus that holds the samples and scrapes by the configuration, on a port of its own. */
export async function startPeer(
	folder: string,
	configuration = ''
): Promise<{ url: string; child: ChildProcess }> {
	const data = join(folder, 'data');
	const made = spawnSync('promtool', [
		...['tsdb', 'create-blocks-from', 'openmetrics', samplesFile(folder), data]
	]);
	if (made.status !== 0) throw new Error(`promtool made no blocks: ${made.stderr.toString()}`);
	const config = join(folder, 'prometheus.yml');
	writeFileSync(config, configuration);
	const port = await freePort();
	const child = spawn('prometheus', [
		`--config.file=${config}`,
		`--storage.tsdb.path=${data}`,
		'--storage.tsdb.retention.time=100y',
		`--web.listen-address=127.0.0.1:${port}`,
		'--scrape.discovery-reload-interval=50ms',
		'--log.level=error'
	]);
	const url = `http://127.0.0.1:${port}`;
	await untilReady(url, child);
	return { url, child };
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
	while (child.exitCode === null) {
		const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
		if (answer?.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`prometheus ended with code ${child.exitCode}`);
}
