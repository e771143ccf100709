import {
	languages,
	Range,
	type CancellationToken,
	type editor,
	type Position
} from 'monaco-editor/editor';
import 'monaco-editor/features/parameterHints/register';
// The feature of that name has no list: it completes in grey what is typed.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import { codeMarkdown, docstringMarkdown, docstringSummary } from './docstring.ts';
import { pythonHelp } from './python-help.ts';
import type {
	PlaceInProgram,
	PythonNames,
	PythonNameType,
	PythonSignature
} from './python-help-answers.ts';
import { signatureLabel } from './python-signature.ts';
import { columnAfter, placeIn, type PythonSource } from './python-source.ts';

const { CompletionItemKind: Kind } = languages;

const KINDS: Readonly<Record<PythonNameType, languages.CompletionItemKind>> = {
	class: Kind.Class,
	function: Kind.Function,
	instance: Kind.Variable,
	keyword: Kind.Keyword,
	module: Kind.Module,
	namespace: Kind.Module,
	param: Kind.Field,
	path: Kind.File,
	property: Kind.Property,
	statement: Kind.Variable
};

/** An entry that remembers which of which list it is, to be explained when somebody looks at it. */
interface Suggestion extends languages.CompletionItem {
	readonly of: { readonly number: number; readonly index: number };
}

/** The programs that the texts in editors belong to. Others get no help. */
const sources = new WeakMap<editor.ITextModel, PythonSource>();
let isRegistered = false;

/** Completes and explains a text as a file of a Python program, as soon as there is help to be had. */
export function helpWithPython(model: editor.ITextModel, source: PythonSource): void {
	sources.set(model, source);
	if (isRegistered) return;
	isRegistered = true;
	languages.registerCompletionItemProvider('python', completion);
	languages.registerSignatureHelpProvider('python', signatureHelp);
	languages.registerHoverProvider('python', hover);
}

const completion: languages.CompletionItemProvider = {
	triggerCharacters: ['.'],
	async provideCompletionItems(model, position, _, token) {
		const place = placeOf(model, position);
		// Monaco takes the answer away when what was typed since is more than the rest of a word.
		const isStale = () => token.isCancellationRequested;
		const names = place && (await pythonHelp.ask({ kind: 'complete', ...place }, isStale));
		return names ? { suggestions: suggestionsOf(names, wordRange(model, position)) } : undefined;
	},
	async resolveCompletionItem(item, token) {
		if (!isSuggestion(item)) return item;
		const isStale = () => token.isCancellationRequested;
		const about = await pythonHelp.ask({ kind: 'describe', ...item.of }, isStale);
		if (!about) return item;
		return { ...item, documentation: markdown(codeMarkdown(about.code), about.text) };
	}
};

const signatureHelp: languages.SignatureHelpProvider = {
	signatureHelpTriggerCharacters: ['(', ','],
	signatureHelpRetriggerCharacters: [')'],
	async provideSignatureHelp(model, position, token) {
		const place = placeOf(model, position);
		const isStale = staleness(model, token);
		const found = place && (await pythonHelp.ask({ kind: 'signatures', ...place }, isStale));
		if (!found || found.length === 0) return undefined;
		const value = {
			signatures: found.map(signatureInformation),
			activeSignature: 0,
			activeParameter: found[0]?.active ?? NONE
		};
		return { value, dispose() {} };
	}
};

const hover: languages.HoverProvider = {
	async provideHover(model, position, token) {
		const place = placeOf(model, position);
		const isStale = staleness(model, token);
		const found = place && (await pythonHelp.ask({ kind: 'hover', ...place }, isStale));
		if (!found) return undefined;
		const { lineNumber } = position;
		const line = model.getLineContent(lineNumber);
		const [start, end] = [columnAfter(line, found.column), columnAfter(line, found.endColumn)];
		return {
			range: new Range(lineNumber, start, lineNumber, end),
			contents: [markdown(codeMarkdown(found.code)), markdown('', found.text)]
		};
	}
};

/** A parameter that there is not: none is emphasised then. */
const NONE = 1000;

function placeOf(model: editor.ITextModel, position: Position): PlaceInProgram | undefined {
	const source = sources.get(model);
	// 1: lines end in \n, whatever the model has.
	return source && placeIn(source, model.getValue(1), position.lineNumber, position.column);
}

function staleness(model: editor.ITextModel, token: CancellationToken): () => boolean {
	const version = model.getVersionId();
	return () =>
		token.isCancellationRequested || model.isDisposed() || model.getVersionId() !== version;
}

function wordRange(model: editor.ITextModel, { lineNumber, column }: Position): Range {
	const word = model.getWordUntilPosition({ lineNumber, column });
	return new Range(lineNumber, word.startColumn, lineNumber, column);
}

function suggestionsOf({ number, items }: PythonNames, range: Range): Suggestion[] {
	return items.map(({ name, insert, type }, index) => ({
		label: insert,
		kind: KINDS[type] ?? Kind.Text,
		insertText: insert,
		filterText: name,
		// In jedi's order, private names last; Monaco prefers what fits better as one goes on typing.
		sortText: String(index).padStart(5, '0'),
		range,
		of: { number, index }
	}));
}

function isSuggestion(item: languages.CompletionItem): item is Suggestion {
	return 'of' in item;
}

function signatureInformation(signature: PythonSignature): languages.SignatureInformation {
	const { label, parameters } = signatureLabel(signature);
	return {
		label,
		parameters: parameters.map(([from, to]) => ({ label: [from, to] })),
		activeParameter: signature.active ?? NONE,
		// Not all of it: it stands over the code.
		documentation: docstringSummary(signature.text)
	};
}

function markdown(head: string, docstring = '') {
	return { value: [head, docstringMarkdown(docstring)].filter((part) => part !== '').join('\n\n') };
}
