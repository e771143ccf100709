import { startCompletion, type Completion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import type { CompleteStrategy } from '@prometheus-io/codemirror-promql';
import { resolve } from '$app/paths';
import type { PrometheusApi } from '#engine/api';
import type { MetricMetadata } from '#engine/model';
import { referenceOf, type ReferenceEntry } from '#engine/promql';
import { textPieces } from '$lib/ui/code-text.ts';
import { ranked, windowsAfter } from './completion-order.ts';
import { opensUnasked } from './completion-wish.ts';

/**
 * Completion in which functions and aggregators are explained by our own reference, and only those that can be used are there;
 * what fits the place best comes first.
 */
export function withReference(
	strategy: CompleteStrategy,
	isExperimental: () => boolean
): CompleteStrategy {
	return {
		async promQL(context) {
			const { from, text } = context.state.doc.lineAt(context.pos);
			const before = text.slice(0, context.pos - from);
			const windows = windowsAfter(before);
			if (windows.length > 0) return { from: context.pos, options: windows, validFor: /^\w*$/ };
			if (!context.explicit && !opensUnasked(before)) return null;
			const found = await strategy.promQL(context);
			const options = found?.options
				.flatMap((option) => explained(option, isExperimental()))
				.map((option) => ranked(option, before));
			return found && options ? { ...found, options } : found;
		},
		destroy: () => strategy.destroy?.()
	};
}

function explained(option: Completion, isExperimental: boolean): Completion[] {
	const isCall = option.type === 'function' || option.type === 'keyword';
	const entry = isCall ? referenceOf(option.label) : undefined;
	if (!entry) return [{ ...option, label: option.label.replaceAll(PLACEHOLDER, '…') }];
	if (entry.experimental && !isExperimental) return [];
	const apply = entry.kind === 'function' ? applyCall : undefined;
	return [{ ...option, detail: entry.kind, apply, info: () => note(entry) }];
}

/** What codemirror-promql writes in its patterns for what is still to be filled in. */
const PLACEHOLDER = '__input_vector__';

/** Writes the name of a function and its parentheses, unless they are there, and offers what goes inside. */
function applyCall(view: EditorView, { label }: Completion, from: number, to: number): void {
	const isCall = view.state.sliceDoc(to, to + 1) === '(';
	const insert = isCall ? label : `${label}()`;
	view.dispatch({
		changes: { from, to, insert },
		selection: { anchor: from + label.length + 1 },
		userEvent: 'input.complete'
	});
	startCompletion(view);
}

/** Says what a function or aggregator does, or what a metric is, where the pointer rests on its name. */
export function referenceHover(api: PrometheusApi): Extension {
	return hoverTooltip(async (view, position): Promise<Tooltip | null> => {
		const { from, text } = view.state.doc.lineAt(position);
		const word = wordAt(text, position - from);
		const dom = word && (await noteOn(word.text, isCalled(text.slice(word.to)), api));
		if (!word || !dom) return null;
		return { pos: from + word.from, end: from + word.to, above: true, create: () => ({ dom }) };
	});
}

async function noteOn(
	name: string,
	isCall: boolean,
	api: PrometheusApi
): Promise<HTMLElement | undefined> {
	const entry = isCall ? referenceOf(name) : undefined;
	if (entry) return note(entry);
	const known = await metadataOf(name, api).catch(() => undefined);
	return known && metricNote(name, known);
}

/** A metric that is a part of a histogram or summary is described under the name of the whole. */
async function metadataOf(name: string, api: PrometheusApi): Promise<MetricMetadata | undefined> {
	const answer = await api.metadata({});
	if (answer.status === 'error') return undefined;
	const whole = name.replace(/_(bucket|count|sum|total)$/, '');
	return (answer.data[name] ?? answer.data[whole])?.[0];
}

function metricNote(name: string, { type, help }: MetricMetadata): HTMLElement {
	const dom = document.createElement('div');
	dom.className = 'promql-note';
	const head = document.createElement('code');
	head.textContent = `${name}: ${type}`;
	const about = document.createElement('p');
	about.textContent = help;
	dom.append(head, ...(help ? [about] : []));
	return dom;
}

function wordAt(line: string, column: number) {
	for (const match of line.matchAll(/[A-Za-z_:][\w:]*/g)) {
		const to = match.index + match[0].length;
		if (match.index <= column && column <= to) return { from: match.index, to, text: match[0] };
	}
	return undefined;
}

/** Whether what follows makes a call of a name. An aggregator's labels may come before its parentheses. */
function isCalled(rest: string): boolean {
	return /^\s*(\(|(by|without)\b)/i.test(rest);
}

function note({ name, signature, about, trap }: ReferenceEntry): HTMLElement {
	const dom = document.createElement('div');
	dom.className = 'promql-note';
	const head = document.createElement('code');
	head.textContent = signature;
	dom.append(head, paragraph(about));
	if (trap) dom.append(paragraph(`Trap: ${trap}`));
	const link = document.createElement('a');
	link.href = resolve('/reference') + `#${name}`;
	link.textContent = 'Reference';
	// Beside the query that is being written, not in its place.
	link.target = '_blank';
	dom.append(link);
	return dom;
}

function paragraph(text: string): HTMLElement {
	const made = document.createElement('p');
	for (const piece of textPieces(text)) {
		const part = document.createElement(piece.isCode ? 'code' : 'span');
		part.textContent = piece.text;
		made.append(part);
	}
	return made;
}
