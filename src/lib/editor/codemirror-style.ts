import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The ink of code, the same in listing, Monaco and CodeMirror: words of the language bold, literals blue, remarks soft. */
export const inkStyle = HighlightStyle.define([
	{
		tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.logicOperator],
		fontWeight: '700'
	},
	{ tag: [tags.string, tags.number], color: 'var(--info)' },
	{ tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
	{ tag: tags.labelName, color: 'var(--ink-soft)' },
	{ tag: tags.function(tags.variableName), fontWeight: '600' }
]);

/** CodeMirror in the page's tokens. It inherits font and line height from where it stands. */
export const editorTheme = EditorView.theme({
	'&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent' },
	'&.cm-focused': { outline: 'none' },
	'.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit' },
	'.cm-content': { padding: '8px 0', caretColor: 'var(--ink)' },
	'.cm-line': { padding: '0 16px 0 0' },
	'.cm-gutters': {
		border: 'none',
		backgroundColor: 'var(--paper)',
		color: 'var(--ink-soft)'
	},
	'.cm-lineNumbers .cm-gutterElement': {
		minWidth: 'calc(3ch + 16px)',
		padding: '0 16px 0 0'
	},
	'&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selection)' },
	'.cm-spanMark': { backgroundColor: 'var(--selection)', borderRadius: '2px' },
	'.cm-lintRange-error': {
		backgroundImage: 'none',
		textDecoration: 'underline wavy var(--bad)',
		textUnderlineOffset: '3px',
		textDecorationSkipInk: 'none'
	},
	'.cm-lintRange-warning': {
		backgroundImage: 'none',
		textDecoration: 'underline wavy var(--warn)'
	},
	'.cm-lintRange-info': {
		backgroundImage: 'none',
		textDecoration: 'underline dotted var(--info)',
		textUnderlineOffset: '3px'
	},
	'.cm-tooltip': {
		border: '1px solid var(--border)',
		borderRadius: 'var(--radius)',
		backgroundColor: 'var(--paper)',
		color: 'var(--ink)',
		fontFamily: 'var(--sans)',
		fontSize: 'var(--text-s)'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul': {
		maxWidth: 'min(26rem, calc(100vw - 16px))',
		maxHeight: '14em',
		fontFamily: 'var(--mono)'
	},
	'.cm-tooltip-autocomplete ul li[aria-selected]': {
		backgroundColor: 'var(--selection)',
		color: 'var(--ink)'
	},
	'.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
	'.cm-completionDetail': { color: 'var(--ink-soft)', fontStyle: 'normal' },
	'.cm-tooltip.cm-completionInfo': { maxWidth: '26rem', padding: 'var(--space-2)' },
	'.cm-tooltip-lint': { maxWidth: 'min(28rem, calc(100vw - 16px))' },
	'.cm-diagnostic': {
		overflowWrap: 'anywhere',
		padding: 'var(--space-1) var(--space-2)',
		borderLeft: '2px solid var(--bad)'
	},
	'.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
	'.cm-diagnostic-info': { borderLeftColor: 'var(--info)' },
	'.cm-diagnosticAction': {
		padding: '0 var(--space-2)',
		border: '1px solid var(--border)',
		borderRadius: 'var(--radius)',
		backgroundColor: 'transparent',
		color: 'inherit'
	},
	'.promql-note': {
		maxWidth: 'min(26rem, calc(100vw - 16px))',
		overflowWrap: 'anywhere',
		padding: 'var(--space-2)',
		whiteSpace: 'normal'
	},
	'.promql-note p': { margin: 'var(--space-2) 0 0' },
	'.cm-placeholder': { color: 'var(--ink-soft)' }
});
