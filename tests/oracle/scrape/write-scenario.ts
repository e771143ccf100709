import type { Answer } from './scenario.ts';

/** Addresses that scenarios scrape. */
export const A = '10.0.0.1:8080';
export const B = '10.0.0.2:8080';
export const C = '10.0.0.3:8080';

export const TEXT = 'text/plain; version=0.0.4; charset=utf-8';
export const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** A page in the text format, unless said otherwise. Lines may be indented, and are separated by line feeds. */
export function page(body: string | Uint8Array, other: Partial<Answer> = {}): Answer {
	const text =
		typeof body === 'string' ? body.replace(/^[\t\n]+/, '').replace(/\n\t+/g, '\n') : body;
	return { status: 200, contentType: TEXT, body: text, latency: 0, ...other };
}

/** A page in OpenMetrics, `# EOF` included. */
export function openMetrics(body: string, other: Partial<Answer> = {}): Answer {
	return page(`${body.trimEnd()}\n# EOF\n`, { contentType: OPEN_METRICS, ...other });
}

/** A page with some other status. */
export function status(code: number): Answer {
	return page('gone wrong\n', { status: code });
}

/** Nobody listens at the address. */
export const REFUSED: Answer = page('', { failure: 'refused' });

/** The connection is closed as soon as the request has come. */
export const CLOSED: Answer = page('', { failure: 'closed' });

/** Bytes of a text in which every character stands for a byte. */
export function bytes(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A job of a prometheus.yml; its settings are lines of YAML, indented alike. */
export function job(name: string, targets: readonly string[], settings = ''): string {
	const list = targets.map((target) => JSON.stringify(target)).join(', ');
	const lines = [`job_name: ${name}`, ...linesOf(settings)];
	if (targets.length > 0) lines.push('static_configs:', `- targets: [${list}]`);
	return lines.map((line, i) => `${i === 0 ? '- ' : '  '}${line}\n`).join('');
}

/** A prometheus.yml that scrapes every 15 s, with further lines for its global section. */
export function config(jobs: readonly string[], global = ''): string {
	const lines = ['scrape_interval: 15s', ...linesOf(global)];
	return `global:\n${lines.map((line) => `  ${line}\n`).join('')}scrape_configs:\n${jobs.join('')}`;
}

/** A prometheus.yml with one job, `app`, that scrapes the first address. */
export function oneJob(settings = '', global = ''): string {
	return config([job('app', [A], settings)], global);
}

/** The lines of a text without the indentation of its first. Tabs before it become the two spaces that YAML wants. */
function linesOf(text: string): string[] {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const indentation = /^\t*/.exec(lines[0] ?? '')?.[0] ?? '';
	return lines.map((line) =>
		line.replace(indentation, '').replace(/^\t+/, (tabs) => '  '.repeat(tabs.length))
	);
}
