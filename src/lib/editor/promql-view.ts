import {
	acceptCompletion,
	autocompletion,
	closeBrackets,
	closeBracketsKeymap,
	closeCompletion,
	completionKeymap,
	completionStatus,
	selectedCompletion,
	selectedCompletionIndex,
	startCompletion
} from '@codemirror/autocomplete';
import {
	defaultKeymap,
	history,
	historyKeymap,
	insertNewlineAndIndent
} from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { newCompleteStrategy, PromQLExtension } from '@prometheus-io/codemirror-promql';
import type { PrometheusApi } from '#engine/api';
import type { Span } from '#engine/model';
import type { Finding } from '#engine/promql';
import { editorTheme, inkStyle } from './codemirror-style.ts';
import { placeOfNote } from './completion-place.ts';
import { isMeant } from './completion-wish.ts';
import { completionClient } from './promql-client.ts';
import { errorSpan, type MessagePlace } from './promql-place.ts';
import { referenceHover, withReference } from './promql-reference.ts';
import { markSpan, spanMark } from './span-mark.ts';

export interface PromqlViewOptions {
	readonly parent: HTMLElement;
	readonly text: string;
	readonly label: string;
	/** Answers completion. */
	readonly api: PrometheusApi;
	/** Whether experimental functions are switched on, and completed. */
	readonly isExperimental: () => boolean;
	readonly onChange: (text: string) => void;
	readonly onRun: () => void;
}

/** An input for PromQL on the page. */
export interface PromqlView {
	setText(text: string): void;
	/** Marks where a message says that the query is wrong; without a place it takes the mark away. */
	setError(message: string, place: MessagePlace | undefined): void;
	/** Marks what the query probably does not mean; `onFix` is told which fix was chosen at a mark. */
	setFindings(findings: readonly Finding[], onFix: (finding: Finding) => void): void;
	/** Marks a part of the query lightly, or nothing. */
	setMark(span: Span | undefined): void;
	focus(): void;
	dispose(): void;
}

export function createPromqlView(options: PromqlViewOptions): PromqlView {
	const { parent, text, label, api } = options;
	// Its linter knows another grammar than the engine; what the engine says is marked instead.
	const promql = new PromQLExtension().activateLinter(false).setComplete({
		completeStrategy: withReference(
			newCompleteStrategy({ remote: completionClient(api) }),
			options.isExperimental
		)
	});
	const run = (view: EditorView) => {
		// What is still being looked up would cover the answer.
		closeCompletion(view);
		options.onRun();
		return true;
	};
	/** Whether the list was opened on purpose. */
	let isAsked = false;
	const ask = (view: EditorView) => {
		isAsked = true;
		return startCompletion(view);
	};
	/** Enter takes an entry that is meant; else the query is run as it is written. */
	const takeOrRun = (view: EditorView) => {
		const { state } = view;
		const option = completionStatus(state) === 'active' ? selectedCompletion(state) : null;
		const { from } = state.doc.lineAt(state.selection.main.head);
		const before = state.sliceDoc(from, state.selection.main.head);
		const isChosen = isAsked || (selectedCompletionIndex(state) ?? 0) > 0;
		if (option && (isChosen || isMeant(option, before)) && acceptCompletion(view)) return true;
		return run(view);
	};
	const view = new EditorView({
		parent,
		doc: text,
		extensions: [
			history(),
			bracketMatching(),
			closeBrackets(),
			autocompletion({ icons: false, positionInfo: placeOfNote, defaultKeymap: false }),
			promql.asExtension(),
			referenceHover(api),
			spanMark,
			syntaxHighlighting(inkStyle),
			editorTheme,
			EditorView.lineWrapping,
			placeholder('A query, such as up'),
			Prec.highest(
				keymap.of([
					{ key: 'Ctrl-Space', run: ask },
					{ key: 'Tab', run: acceptCompletion },
					{ key: 'Enter', run: takeOrRun, shift: insertNewlineAndIndent },
					...completionKeymap.filter(({ key }) => key !== 'Enter')
				])
			),
			keymap.of([
				...lintKeymap,
				{ key: 'Mod-Enter', run },
				...closeBracketsKeymap,
				...defaultKeymap,
				...historyKeymap
			]),
			EditorView.contentAttributes.of({ 'aria-label': label, autocapitalize: 'off' }),
			EditorView.updateListener.of((update) => {
				if (update.docChanged) options.onChange(update.state.doc.toString());
				if (completionStatus(update.state) === null) isAsked = false;
			})
		]
	});
	let errors: Diagnostic[] = [];
	let warnings: Diagnostic[] = [];
	const mark = () => view.dispatch(setDiagnostics(view.state, [...errors, ...warnings]));
	return {
		setText(next) {
			const { doc } = view.state;
			if (next === doc.toString()) return;
			view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
		},
		setError(message, place) {
			const text = view.state.doc.toString();
			errors = place ? [{ ...errorSpan(text, place), severity: 'error', message }] : [];
			mark();
		},
		setFindings(findings, onFix) {
			warnings = findings.map((finding) => diagnosticOf(finding, onFix));
			mark();
		},
		setMark: (span) => markSpan(view, span),
		focus: () => view.focus(),
		dispose() {
			promql.destroy();
			view.destroy();
		}
	};
}

function diagnosticOf(finding: Finding, onFix: (finding: Finding) => void): Diagnostic {
	const { span, level, message, fix } = finding;
	return {
		...span,
		severity: level,
		message,
		actions: fix ? [{ name: fix.title, apply: () => onFix(finding) }] : []
	};
}
