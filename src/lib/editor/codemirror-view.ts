import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import {
	bracketMatching,
	indentUnit,
	StreamLanguage,
	syntaxHighlighting
} from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { Problem } from '#engine/model';
import type { CodeView, CodeViewOptions } from './code-view.ts';
import { editorTheme, inkStyle } from './codemirror-style.ts';
import { pythonCompletion } from './codemirror-python.ts';
import { nextToken, type OpenToken, type TextLanguage } from './highlight.ts';

/** CodeMirror, for screens that are touched: it takes the system's own cursor, selection and keyboard. */
export function createCodeMirrorView(options: CodeViewOptions): CodeView {
	const { parent, text, language, label } = options;
	const run = () => {
		options.onRun();
		return true;
	};
	const view = new EditorView({
		parent,
		doc: text,
		extensions: [
			lineNumbers(),
			history(),
			bracketMatching(),
			indentUnit.of(INDENTS[language]),
			EditorState.tabSize.of(4),
			languageOf(language),
			language === 'python' ? pythonCompletion(options) : [],
			syntaxHighlighting(inkStyle),
			editorTheme,
			// No key for indenting: Tab leaves, as everywhere else on the page.
			keymap.of([
				{ key: 'Mod-Enter', run },
				{ key: 'Escape', run: options.onEscape },
				...defaultKeymap,
				...historyKeymap
			]),
			// Editable text is reached with Tab anyway; said outright, what scrolls is known to have a way in by keyboard.
			EditorView.contentAttributes.of({
				'aria-label': label,
				autocapitalize: 'off',
				tabindex: '0'
			}),
			EditorView.updateListener.of((update) => {
				if (update.docChanged) options.onChange(update.state.doc.toString());
			})
		]
	});
	options.onTabLeaves(true);
	return {
		setText(next) {
			const { doc } = view.state;
			if (next === doc.toString()) return;
			view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
		},
		setProblems(problems) {
			const { doc } = view.state;
			const placed = problems.filter(({ line = 0 }) => line > 0 && line <= doc.lines);
			view.dispatch(
				setDiagnostics(
					view.state,
					placed.map((problem) => diagnosticOf(problem, doc))
				)
			);
		},
		goTo(line, column) {
			const anchor = offsetOf(view.state.doc, line, column);
			view.dispatch({
				selection: { anchor },
				effects: EditorView.scrollIntoView(anchor, { y: 'center' })
			});
			view.focus();
		},
		focus: () => view.focus(),
		dispose: () => view.destroy()
	};
}

const INDENTS: Readonly<Record<TextLanguage, string>> = {
	typescript: '\t',
	python: '    ',
	yaml: '  '
};

function languageOf(language: TextLanguage) {
	return StreamLanguage.define<{ open: OpenToken }>({
		startState: () => ({ open: undefined }),
		token(stream, state) {
			const { token, open } = nextToken(stream.string.slice(stream.pos), state.open, language);
			state.open = open;
			stream.pos += token.text.length;
			return token.kind === 'plain' ? null : token.kind;
		}
	});
}

function diagnosticOf({ message, severity, ...place }: Problem, doc: Text): Diagnostic {
	const from = offsetOf(doc, place.line ?? 1, place.column ?? 1);
	const end = offsetOf(doc, place.endLine ?? place.line ?? 1, place.endColumn ?? 1);
	return { from, to: Math.max(from, end), severity, message };
}

function offsetOf(doc: Text, lineNumber: number, column: number): number {
	const line = doc.line(Math.min(Math.max(1, lineNumber), doc.lines));
	return Math.min(line.to, line.from + Math.max(0, column - 1));
}
