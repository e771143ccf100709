import {
	formatLabelSet,
	labelPairs,
	labelsFromPairs,
	labelsKey,
	labelValue,
	matcherTest,
	METRIC_NAME,
	metricName,
	type Labels
} from '#engine/model';
import { argument } from './arguments.ts';
import type { Call, VectorSelector } from './ast.ts';
import type { VectorFunction } from './element.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import {
	identity,
	infoSelection,
	isInfoMetric,
	selectInfoSeries,
	type InfoSelection,
	type InfoSeries
} from './info-series.ts';
import { join } from './names.ts';
import { QueryError, sameLabelset } from './query-error.ts';

/**
 * info(v, selector): adds to each series the labels of the info series that are about the same instance and job (promql/info.go).
 */
export const info: VectorFunction = (call, evaluation, emit) => {
	const base: VectorSeries[] = [];
	evaluation.vector(argument(call, 0), (series) => base.push(series));
	const selection = infoSelection(dataSelector(call));
	const enrichable = base.filter(({ labels }) => !isInfoMetric(labels, selection));
	const found = selectInfoSeries(enrichable, selection, argument(call, 0), call.span, evaluation);
	const failures: Failure[] = [];
	const newest = newestOfIdentity(found, evaluation, failures);
	const anyBase = new Uint8Array(evaluation.grid.count);
	const results = createResults(failures);
	for (const series of base) {
		for (let i = 0; i < anyBase.length; i++) if (series.present[i] !== 0) anyBase[i] = 1;
		if (isInfoMetric(series.labels, selection)) results.add(series);
		else enrich(series, found, newest, selection, results.add, failures);
	}
	refuseFirst(failures.filter(({ step, kind }) => kind !== 'duplicate' || anyBase[step] !== 0));
	results.emit(emit);
};

function dataSelector(call: Call): VectorSelector | undefined {
	if (call.args.length < 2) return undefined;
	const expr = argument(call, 1);
	if (expr.kind !== 'selector') throw new Error(`the second argument of info() is a ${expr.kind}`);
	return expr;
}

/** Why the function fails at a step. At one step a duplicate is found before a conflict, and that before equal results. */
interface Failure {
	readonly step: number;
	readonly kind: 'duplicate' | 'conflict' | 'equal results';
	readonly error: QueryError;
}

const KINDS: readonly Failure['kind'][] = ['duplicate', 'conflict', 'equal results'];

function refuseFirst(failures: readonly Failure[]): void {
	const [first] = failures
		.slice()
		.sort((a, b) => a.step - b.step || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
	if (first) throw first.error;
}

/** For each info metric and identity, which info series is the newest at each step; -1 for none. */
type Newest = Map<string, Map<string, Int32Array>>;

function newestOfIdentity(
	found: readonly InfoSeries[],
	{ grid }: Evaluation,
	failures: Failure[]
): Newest {
	const newest: Newest = new Map();
	found.forEach((series, index) => {
		const { labels, values, present } = series;
		const name = metricName(labels);
		let ofName = newest.get(name);
		if (!ofName) newest.set(name, (ofName = new Map()));
		const key = identity(labels);
		let indexes = ofName.get(key);
		if (!indexes) ofName.set(key, (indexes = new Int32Array(grid.count).fill(-1)));
		for (let i = 0; i < present.length; i++) {
			if (present[i] === 0) continue;
			const known = found[indexes[i] as number];
			const knownTime = known ? (known.values[i] as number) : -Infinity;
			const time = values[i] as number;
			if (time > knownTime) indexes[i] = index;
			else if (known && time === knownTime) failures.push(duplicate(known, series, i));
		}
	});
	return newest;
}

function duplicate(known: InfoSeries, other: InfoSeries, step: number): Failure {
	const [a, b] = [known, other].map(
		({ labels, values }) =>
			`${formatLabelSet(labels)} @ ${Math.round((values[step] as number) * 1000)}`
	);
	const message = `found duplicate series for info metric: existing ${a}, new ${b}`;
	return { step, kind: 'duplicate', error: new QueryError(message) };
}

/** Adds the labels of info series to one series, in parts where they change over time. */
function enrich(
	series: VectorSeries,
	found: readonly InfoSeries[],
	newest: Newest,
	selection: InfoSelection,
	add: (series: VectorSeries) => void,
	failures: Failure[]
): void {
	const key = identity(series.labels);
	const candidates = [...newest.values()]
		.map((ofName) => ofName.get(key))
		.filter((indexes) => indexes !== undefined);
	const parts = new Map<string, { readonly chosen: InfoSeries[]; readonly present: Uint8Array }>();
	for (let i = 0; i < series.present.length; i++) {
		if (series.present[i] === 0) continue;
		const indexes = candidates.map((candidate) => candidate[i] as number).filter((at) => at >= 0);
		const id = indexes.join();
		let part = parts.get(id);
		if (!part) {
			const chosen = indexes.map((at) => found[at] as InfoSeries);
			parts.set(id, (part = { chosen, present: new Uint8Array(series.present.length) }));
		}
		part.present[i] = 1;
	}
	for (const { chosen, present } of parts.values()) {
		const labels = enrichedLabels(series.labels, chosen, selection);
		if (typeof labels === 'string') {
			const error = new QueryError(`conflicting label: ${labels}`);
			failures.push({ step: present.indexOf(1), kind: 'conflict', error });
		} else if (labels) {
			const values = parts.size === 1 ? series.values : series.values.slice();
			add({ ...series, labels, values, present });
		}
	}
}

/**
 * The labels with those of info series added that the series does not have; undefined where no info series was found although
 * labels were asked for. The name of a label that two info series contradict each other about.
 */
function enrichedLabels(
	labels: Labels,
	chosen: readonly InfoSeries[],
	{ data }: InfoSelection
): Labels | string | undefined {
	if (chosen.length === 0) {
		return data.every((matcher) => matcherTest(matcher)('')) ? labels : undefined;
	}
	const wanted = new Set(data.map(({ name }) => name));
	const added = new Map<string, string>();
	for (const series of chosen) {
		for (const [name, value] of labelPairs(series.labels)) {
			if (name === METRIC_NAME || (wanted.size > 0 && !wanted.has(name))) continue;
			const known = added.get(name);
			if (known !== undefined && known !== value) return name;
			if (labelValue(labels, name) === '') added.set(name, value);
		}
	}
	return labelsFromPairs([...labelPairs(labels), ...added]);
}

/** Collects results, joining those of equal labels that have no step in common. */
function createResults(failures: Failure[]) {
	const byLabels = new Map<string, VectorSeries>();
	return {
		add(found: VectorSeries): void {
			// A name that was to go at the end of the query stays, as in Prometheus.
			const series = { ...found, dropName: false };
			const key = labelsKey(series.labels);
			const known = byLabels.get(key);
			const overlap = known
				? known.present.findIndex((is, i) => is !== 0 && series.present[i] !== 0)
				: -1;
			if (overlap >= 0)
				failures.push({ step: overlap, kind: 'equal results', error: sameLabelset() });
			else byLabels.set(key, known ? join(known, series) : series);
		},
		emit(emit: Emit): void {
			for (const series of byLabels.values()) emit(series);
		}
	};
}
