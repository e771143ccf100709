import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Every room and the rooms it may import from. What is not listed here is forbidden; see ARCHITECTURE.md, "Map". */
const arrows = {
	model: [],
	registry: ['model', 'exposition'],
	exposition: ['model'],
	sim: ['model'],
	scrape: ['model', 'exposition'],
	tsdb: ['model'],
	promql: ['model'],
	rules: ['model', 'promql'],
	api: ['model', 'promql'],
	lab: ['model', 'registry', 'exposition', 'sim', 'scrape', 'tsdb', 'promql', 'rules', 'api'],
	runners: ['model', 'registry', 'exposition', 'sim'],
	workers: ['model', 'sim', 'promql', 'api', 'lab', 'runners'],
	ui: ['model'],
	charts: ['model', 'promql', 'ui'],
	editor: ['model', 'promql', 'api', 'ui'],
	state: ['model', 'sim', 'promql', 'api', 'lab', 'workers'],
	xray: ['model', 'promql', 'api', 'workers', 'state', 'charts', 'ui'],
	course: [
		'model',
		'sim',
		'tsdb',
		'promql',
		'api',
		'lab',
		'workers',
		'state',
		'charts',
		'editor',
		'xray',
		'labs',
		'ui',
		'lessons'
	],
	clients: ['editor', 'ui'],
	labs: [
		'model',
		'sim',
		'promql',
		'api',
		'lab',
		'workers',
		'state',
		'charts',
		'editor',
		'xray',
		'ui'
	],
	lessons: ['model', 'course'],
	routes: [
		'model',
		'promql',
		'api',
		'lab',
		'runners',
		'workers',
		'state',
		'charts',
		'editor',
		'course',
		'clients',
		'labs',
		'xray',
		'ui',
		'lessons'
	],
	cli: [
		'model',
		'registry',
		'sim',
		'exposition',
		'scrape',
		'tsdb',
		'promql',
		'api',
		'lab',
		'runners'
	]
};

const ENGINE_ROOMS = [
	'model',
	'registry',
	'exposition',
	'sim',
	'scrape',
	'tsdb',
	'promql',
	'rules',
	'api',
	'lab'
];

/** @param {string} room */
const place = (room) =>
	ENGINE_ROOMS.includes(room)
		? `src/engine/${room}`
		: ['ui', 'charts', 'editor', 'state', 'course', 'clients', 'xray', 'labs'].includes(room)
			? `src/lib/${room}`
			: room === 'lessons'
				? 'lessons'
				: `src/${room}`;

/**
 * What may be imported from these rooms: of an engine room its index.ts, of another any file.
 * @param {string[]} rooms
 */
const doors = (rooms) => [
	{
		element: {
			types: { anyOf: rooms.filter((room) => ENGINE_ROOMS.includes(room)) },
			fileInternalPath: 'index.ts'
		}
	},
	{ element: { types: { anyOf: rooms.filter((room) => !ENGINE_ROOMS.includes(room)) } } }
];

/**
 * What an engine file may import, where `within` matches the beginnings of paths that stay in its room.
 * @param {string} within
 * @returns {['error', { patterns: { regex: string, message: string }[] }]}
 */
function engineImports(within) {
	return [
		'error',
		{
			patterns: [
				{
					regex: '^(?!#engine/[a-z]+$|\\.|re2js$|yaml$|d3-random$)',
					message: 'the engine imports re2js, yaml and d3-random, and nothing else'
				},
				{
					regex: `^(?!${within}[^.])\\.`,
					message: 'another room is entered through #engine/ROOM'
				}
			]
		}
	];
}

export default ts.config(
	{
		ignores: ['.svelte-kit', 'build', 'node_modules', 'static', 'test-results', 'playwright-report']
	},
	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// TypeScript already knows every name.
			'no-undef': 'off',
			// The text formats and Go's quoting are made of control characters.
			'no-control-regex': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts', '**/*.svelte.js'],
		languageOptions: {
			parserOptions: {
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		},
		rules: {
			// The app is served from the root of its host, and links are checked when it is prerendered.
			'svelte/no-navigation-without-resolve': 'off',
			// A URL that names a worker's file is no state.
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{
		files: ['src/**', 'lessons/**'],
		plugins: { boundaries },
		settings: {
			'boundaries/elements': Object.keys(arrows).map((type) => ({ type, pattern: place(type) })),
			'import/resolver': {
				typescript: { project: './tsconfig.json' }
			}
		},
		rules: {
			'boundaries/dependencies': [
				'error',
				{
					default: 'disallow',
					message:
						'{{from.element.type}} must not import this of {{to.element.type}}; see ARCHITECTURE.md',
					policies: [
						...Object.entries(arrows).map(([room, rooms]) => ({
							from: { element: { type: room } },
							allow: { to: doors([room, ...rooms]) }
						})),
						{ allow: { to: { module: { origin: 'external' } } } },
						{ allow: { to: { module: { origin: 'core' } } } }
					]
				}
			],
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '^(\\.|\\$).*/engine/',
							message: 'an engine room is entered through #engine/ROOM'
						}
					]
				}
			]
		}
	},
	{
		// The engine keeps to plain modules: no framework, no thread, and of libraries only these.
		files: ['src/engine/**'],
		rules: {
			'no-restricted-imports': engineImports('\\./'),
			'no-restricted-globals': [
				'error',
				{ name: 'performance', message: 'time is an argument in the engine' },
				{ name: 'setTimeout', message: 'time is an argument in the engine' },
				{ name: 'setInterval', message: 'time is an argument in the engine' },
				{ name: 'setImmediate', message: 'time is an argument in the engine' },
				{ name: 'queueMicrotask', message: 'what comes next is for the virtual clock to say' },
				{ name: 'crypto', message: 'chance is an argument in the engine' },
				{ name: 'globalThis', message: 'the engine knows no surroundings' },
				{ name: 'self', message: 'the engine knows no surroundings' },
				{ name: 'process', message: 'the engine knows no surroundings' },
				{ name: 'document', message: 'the engine knows no page' },
				{ name: 'window', message: 'the engine knows no page' }
			],
			'no-restricted-properties': [
				'error',
				{ object: 'Math', property: 'random', message: 'chance is an argument in the engine' },
				{ object: 'Date', property: 'now', message: 'time is an argument in the engine' }
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "NewExpression[callee.name='Date'][arguments.length=0]",
					message: 'time is an argument in the engine'
				},
				{
					selector: "CallExpression[callee.name='Date']",
					message: 'time is an argument in the engine'
				}
			]
		}
	},
	{
		// A folder within a room is the room's own; its files may look one level up.
		files: ['src/engine/*/*/**'],
		rules: { 'no-restricted-imports': engineImports('\\.\\.?/') }
	}
);
