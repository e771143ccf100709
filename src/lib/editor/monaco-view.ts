import { editor, KeyCode, KeyMod, MarkerSeverity, Range } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/python/register';
import 'monaco-editor/languages/definitions/yaml/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/features/wordPartOperations/register';
import type { Problem } from '#engine/model';
import type { CodeView, CodeViewOptions } from './code-view.ts';
import { resolveColors } from './colors.ts';
import { helpWithPython } from './monaco-python.ts';

const SEVERITIES = {
	error: MarkerSeverity.Error,
	warning: MarkerSeverity.Warning,
	info: MarkerSeverity.Info
} as const;

/** Escape belongs to the editor while one of its own widgets is open. */
const NOTHING_OPEN = [
	'suggestWidgetVisible',
	'parameterHintsVisible',
	'findWidgetVisible',
	'markersNavigationVisible',
	'editorHoverVisible',
	'editorHasMultipleSelections'
]
	.map((name) => `!${name}`)
	.join(' && ');

const NAME_KINDS = 'class field file function keyword module property text variable'.split(' ');

/** Monaco over a parent whose font it takes. */
export async function createMonacoView(options: CodeViewOptions): Promise<CodeView> {
	self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
	// It measures the font once, when it is made.
	await document.fonts.ready;
	const { parent, text, language } = options;
	const view = editor.create(parent, {
		...settings(options),
		value: text,
		language,
		theme: takeTheme(parent)
	});
	const model = view.getModel() as editor.ITextModel;
	const marks = view.createDecorationsCollection();
	if (language === 'python') helpWithPython(model, options);

	view.onDidChangeModelContent(() => options.onChange(model.getValue()));
	view.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, options.onRun);
	listenForTab(view, options);

	const themes = new MutationObserver(() => takeTheme(parent));
	themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
	const system = matchMedia('(prefers-color-scheme: dark)');
	const themeChanged = () => takeTheme(parent);
	system.addEventListener('change', themeChanged);

	return {
		setText(next) {
			if (next === model.getValue()) return;
			view.executeEdits('promenade', [{ range: model.getFullModelRange(), text: next }]);
			view.pushUndoStop();
		},
		setProblems(problems) {
			const placed = problems.filter(({ line }) => line !== undefined);
			editor.setModelMarkers(model, 'promenade', placed.map(markerOf));
			marks.set(placed.map(marginMark));
		},
		goTo(lineNumber, column) {
			// It may just have come in sight, and does not know yet how large it is.
			view.layout();
			view.setPosition({ lineNumber, column });
			view.revealLineInCenterIfOutsideViewport(lineNumber);
			view.focus();
		},
		focus: () => view.focus(),
		dispose() {
			themes.disconnect();
			system.removeEventListener('change', themeChanged);
			view.dispose();
			model.dispose();
		}
	};
}

function settings({
	parent,
	label,
	language
}: CodeViewOptions): editor.IStandaloneEditorConstructionOptions {
	const { fontFamily, fontSize, lineHeight } = getComputedStyle(parent);
	return {
		// Where the word is written out already, Enter ends the line.
		acceptSuggestionOnEnter: 'smart',
		ariaLabel: label,
		automaticLayout: true,
		bracketPairColorization: { enabled: false },
		fixedOverflowWidgets: true,
		folding: false,
		fontFamily,
		fontLigatures: false,
		fontSize: Number.parseFloat(fontSize),
		glyphMargin: false,
		guides: { indentation: false },
		insertSpaces: language !== 'typescript',
		lineDecorationsWidth: 16,
		lineHeight: Number.parseFloat(lineHeight),
		lineNumbersMinChars: 3,
		minimap: { enabled: false },
		occurrencesHighlight: 'off',
		overviewRulerLanes: 0,
		padding: { top: 8, bottom: 8 },
		renderFinalNewline: 'on',
		renderLineHighlight: 'none',
		// Room after the longest line would let lines that fit be scrolled, under a bar as wide as the editor.
		scrollBeyondLastColumn: 0,
		scrollBeyondLastLine: false,
		scrollbar: { useShadows: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
		tabSize: language === 'yaml' ? 2 : 4,
		unicodeHighlight: { ambiguousCharacters: false },
		// What is suggested is known to fit; words that happen to stand in the text are not.
		wordBasedSuggestions: 'off'
	};
}

/** Escape, then Tab, leaves the editor; whatever else is typed makes Tab indent again. */
function listenForTab(view: editor.IStandaloneCodeEditor, options: CodeViewOptions): void {
	let leaves = false;
	const set = (next: boolean) => {
		if (leaves === next) return;
		leaves = next;
		view.updateOptions({ tabFocusMode: next });
		options.onTabLeaves(next);
	};
	view.addCommand(KeyCode.Escape, () => set(!options.onEscape()), NOTHING_OPEN);
	view.onKeyDown(({ keyCode }) => {
		if (![KeyCode.Escape, KeyCode.Tab, KeyCode.Shift].includes(keyCode)) set(false);
	});
	view.onDidBlurEditorText(() => set(false));
}

function markerOf(problem: Problem): editor.IMarkerData {
	const { line = 1, column = 1, message, severity } = problem;
	return {
		severity: SEVERITIES[severity],
		message,
		startLineNumber: line,
		startColumn: column,
		endLineNumber: problem.endLine ?? line,
		endColumn: problem.endColumn ?? column + 1
	};
}

function marginMark({ line = 1, severity }: Problem): editor.IModelDeltaDecoration {
	return {
		range: new Range(line, 1, line, 1),
		options: { linesDecorationsClassName: `problem-mark ${severity}` }
	};
}

/** Makes the editor's theme from the page's tokens, and the editor wear it. */
function takeTheme(parent: HTMLElement): string {
	const color = resolveColors(parent, [
		'paper',
		'paper-sunk',
		'hairline',
		'border',
		'ink',
		'ink-soft',
		'selection',
		'info',
		'bad',
		'warn'
	]);
	const isDark = Number.parseInt(color.paper.slice(1, 3), 16) < 128;
	const ink = { foreground: color.ink };
	editor.defineTheme('promenade', {
		base: isDark ? 'vs-dark' : 'vs',
		inherit: false,
		rules: [
			{ token: '', ...ink },
			{ token: 'keyword', ...ink, fontStyle: 'bold' },
			{ token: 'string', foreground: color.info },
			{ token: 'number', foreground: color.info },
			{ token: 'regexp', foreground: color.info },
			// Its literals that are no text: true, false, null.
			{ token: 'keyword.yaml', foreground: color.info, fontStyle: '' },
			{ token: 'comment', foreground: color['ink-soft'], fontStyle: 'italic' }
		],
		colors: {
			'editor.background': color.paper,
			'editor.foreground': color.ink,
			'editor.selectionBackground': color.selection,
			'editorCursor.foreground': color.ink,
			'editorLineNumber.foreground': color['ink-soft'],
			'editorLineNumber.activeForeground': color.ink,
			'editorWhitespace.foreground': color.hairline,
			'editorError.foreground': color.bad,
			'editorWarning.foreground': color.warn,
			'editorInfo.foreground': color.info,
			'editorBracketMatch.background': color.selection,
			'editorBracketMatch.border': color.selection,
			'editorWidget.background': color.paper,
			'editorWidget.border': color.border,
			'editorHoverWidget.background': color.paper,
			'editorHoverWidget.border': color.border,
			'editorHoverWidget.foreground': color.ink,
			'editorHoverWidget.highlightForeground': color.info,
			'editorSuggestWidget.background': color.paper,
			'editorSuggestWidget.border': color.border,
			'editorSuggestWidget.foreground': color.ink,
			'editorSuggestWidget.selectedBackground': color.selection,
			'editorSuggestWidget.selectedForeground': color.ink,
			'editorSuggestWidget.selectedIconForeground': color['ink-soft'],
			'editorSuggestWidget.highlightForeground': color.info,
			'editorSuggestWidget.focusHighlightForeground': color.info,
			// Colours of its own for each kind of name would mean something else on this page.
			...Object.fromEntries(
				NAME_KINDS.map((kind) => [`symbolIcon.${kind}Foreground`, color['ink-soft']])
			),
			'widget.shadow': '#00000000',
			'textLink.foreground': color.info,
			'textLink.activeForeground': color.info,
			'list.hoverBackground': color['paper-sunk'],
			'input.background': color.paper,
			'input.foreground': color.ink,
			'input.border': color.border,
			'editor.findMatchBackground': color.selection,
			'editor.findMatchHighlightBackground': color['paper-sunk'],
			'scrollbarSlider.background': `${color.border}66`,
			'scrollbarSlider.hoverBackground': `${color.border}99`,
			'scrollbarSlider.activeBackground': color.border,
			focusBorder: color.info,
			// Brackets are no more than ink here; bold and blue mean something else.
			...Object.fromEntries(
				[1, 2, 3, 4, 5, 6].map((n) => [`editorBracketHighlight.foreground${n}`, color.ink])
			),
			'editorBracketHighlight.unexpectedBracket.foreground': color.bad
		}
	});
	editor.setTheme('promenade');
	return 'promenade';
}
