import {
	ABSENT,
	SECOND,
	STALE,
	type Querier,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import {
	readScrapeConfig,
	ScrapeManager,
	type Fetch,
	type ScrapeRequest,
	type ScrapeResponse
} from '#engine/scrape';
import { Head } from '#engine/tsdb';
import type { Outcome, Request, StoredSample, StoredSeries } from './outcome.ts';
import { bodyOf, START, timeline, type Answer, type Scenario } from './scenario.ts';

/** What our scrape manager makes of a scenario, with the offsets of a server that has this seed. */
export async function scrapeHere(scenario: Scenario, offsetSeed: bigint): Promise<Outcome> {
	try {
		return await play(scenario, offsetSeed);
	} catch (thrown) {
		const error = `thrown: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
		return { error, offsetSeed, requests: [], series: [] };
	}
}

async function play(scenario: Scenario, offsetSeed: bigint): Promise<Outcome> {
	const head = new Head();
	const clock: Clock = { now: START };
	const { fetch, requests } = createNetwork(scenario, clock);
	const manager = new ScrapeManager({ store: head, fetch, offsetSeed });
	for (const { at, config: text } of timeline(scenario)) {
		await runUntil(manager, clock, (due) => due < START + at);
		const { config, problems } = readScrapeConfig(text);
		if (!config) throw new Error(`the configuration is refused: ${problems[0]?.message}`);
		clock.now = START + at;
		manager.apply(config, clock.now);
	}
	const end = START + scenario.end * SECOND;
	await runUntil(manager, clock, (due) => due <= end);
	manager.stop();
	return { offsetSeed, requests, series: readBack(head, end) };
}

interface Clock {
	now: Timestamp;
}

/** Does what is due, one moment after the other. */
async function runUntil(
	manager: ScrapeManager,
	clock: Clock,
	isTime: (due: Timestamp) => boolean
): Promise<void> {
	for (let due = manager.next(); isTime(due); due = manager.next()) {
		clock.now = due;
		await manager.runDue(due);
		if (manager.next() <= due) throw new Error(`what is due at ${due} is due again`);
	}
}

/** The scripted targets, and what they were asked. */
function createNetwork(
	{ targets }: Scenario,
	clock: Clock
): { readonly fetch: Fetch; readonly requests: readonly Request[] } {
	const asked = new Map<string, number>();
	const requests: Request[] = [];
	const fetch: Fetch = (request) => {
		const { protocol, hostname, port } = new URL(request.url);
		if (!isWeb(protocol)) return failure(`unsupported protocol scheme "${protocol}"`);
		const address = `${hostname}:${port || (isSecure(protocol) ? '443' : '80')}`;
		const turn = asked.get(address) ?? 0;
		asked.set(address, turn + 1);
		const answers = targets[address] ?? [];
		const answer = answers[Math.min(turn, answers.length - 1)];
		if (!answer || answer.failure === 'refused')
			return failure('connection refused', answer?.latency);
		// Nobody here knows a certificate.
		if (isSecure(protocol)) return failure('EOF');
		requests.push(noted(request, clock.now));
		return answer.failure === 'closed' ? failure('EOF', answer.latency) : success(answer);
	};
	return { fetch, requests };
}

function isWeb(protocol: string): boolean {
	return protocol === 'http:' || isSecure(protocol);
}

function isSecure(protocol: string): boolean {
	return protocol === 'https:';
}

function noted({ url, accept, timeout }: ScrapeRequest, time: Timestamp): Request {
	return { time, url, accept, timeout: String(timeout / SECOND) };
}

function failure(error: string, duration = 0): Promise<ScrapeResponse> {
	return Promise.resolve({ ok: false, error, duration });
}

function success(answer: Answer): Promise<ScrapeResponse> {
	const { status, contentType, latency: duration } = answer;
	return Promise.resolve({ ok: true, status, contentType, body: bodyOf(answer), duration });
}

function readBack(head: Querier, end: Timestamp): StoredSeries[] {
	return head
		.select([{ name: '__name__', type: '=~', value: '.*' }], -Infinity, end)
		.map((series) => ({ labels: series.labels, samples: samplesOf(series) }))
		.filter(({ samples }) => samples.length > 0);
}

function samplesOf({
	start,
	end,
	times,
	values,
	marks,
	histograms
}: SeriesColumns): StoredSample[] {
	const samples: StoredSample[] = [];
	for (let row = start; row < end; row++) {
		const mark = marks?.[row];
		if (mark === ABSENT) continue;
		const value = mark === STALE ? 'stale' : (histograms?.[row] ?? (values[row] as number));
		samples.push({ time: times[row] as number, value });
	}
	return samples;
}
