import { autocompletion, type Completion, type CompletionContext } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { docstringSummary } from './docstring.ts';
import { pythonHelp } from './python-help.ts';
import type { PythonNames, PythonNameType } from './python-help-answers.ts';
import { placeIn, type PythonSource } from './python-source.ts';

/** The words that CodeMirror has for what a name is. */
const TYPES: Partial<Record<PythonNameType, string>> = {
	class: 'class',
	function: 'function',
	instance: 'variable',
	keyword: 'keyword',
	module: 'namespace',
	namespace: 'namespace',
	param: 'property',
	property: 'property',
	statement: 'variable'
};

/** Completes a text as a file of a Python program, as soon as there is help to be had. */
export function pythonCompletion(source: PythonSource): Extension {
	return autocompletion({
		icons: false,
		override: [
			async (context) => {
				const from = wordStart(context);
				if (from === undefined) return null;
				const { state, pos } = context;
				const line = state.doc.lineAt(pos);
				const place = placeIn(source, state.doc.toString(), line.number, pos - line.from + 1);
				const isStale = () => context.aborted;
				const names = await pythonHelp.ask({ kind: 'complete', ...place }, isStale);
				return names ? { from, options: optionsOf(names), validFor: /^\w*$/ } : null;
			}
		]
	});
}

/** Where the word begins that is being typed; undefined where nobody asked and no name can begin. */
function wordStart(context: CompletionContext): number | undefined {
	const word = context.matchBefore(/[\w]+/u);
	if (word && !/^\d/.test(word.text)) return word.from;
	return context.explicit || context.matchBefore(/\./) ? context.pos : undefined;
}

function optionsOf({ number, items }: PythonNames): Completion[] {
	return items.map(({ name, insert, type }, index) => ({
		label: name,
		displayLabel: insert,
		apply: insert,
		type: TYPES[type],
		// In jedi's order, private names last.
		sortText: String(index).padStart(5, '0'),
		info: () => infoOf(number, index)
	}));
}

async function infoOf(number: number, index: number): Promise<HTMLElement | null> {
	const about = await pythonHelp.ask({ kind: 'describe', number, index }, () => false);
	if (!about) return null;
	const dom = document.createElement('div');
	const code = document.createElement('code');
	code.textContent = about.code;
	const text = document.createElement('p');
	text.textContent = docstringSummary(about.text);
	dom.append(code, ...(text.textContent ? [text] : []));
	return dom;
}
