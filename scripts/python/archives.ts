/** One zip that the install step makes, and what goes into it. */
export interface Archive {
	readonly file: string;
	/** Names of distributions whose modules go in as byte code; none for the standard library. */
	readonly distributions: readonly string[];
	/** Names of distributions whose source text goes in as it is. */
	readonly sources: readonly string[];
	/** Patterns of names that are left out, in the syntax that JavaScript and Python share. */
	readonly leaveOut: readonly string[];
}

export const STDLIB = 'python_stdlib.zip';

/**
 * What can never run in a tab: event loops of Windows, the loader of macOS, the terminals of the interactive prompt. Of
 * the prompt stays what `help()` and `pdb` import. Modules that can be imported but not do their work in a tab, such as
 * smtplib, stay too: what they say is Python's.
 */
const OTHER_MACHINES = [
	'^asyncio/(windows_events|windows_utils|proactor_events)\\.py$',
	'^_pyrepl/(?!(__init__|pager|utils|types|trace)\\.py$)',
	'^ctypes/macholib/',
	'^site-packages/'
];

/** Of a wheel: compiled code for another machine and its source, and the records of an installer. */
const NOT_FOR_A_TAB = ['\\.(so|c)$', '\\.dist-info/(RECORD|WHEEL|top_level\\.txt)$'];

/** Jedi's stubs of other people's packages: two thirds of it, for packages that are not here. */
const OTHER_PACKAGES = ['^jedi/third_party/(typeshed/stubs|django-stubs)/'];

const FLASK = ['flask', 'werkzeug', 'jinja2', 'markupsafe', 'itsdangerous', 'click', 'blinker'];

/**
 * The zips, by what is loaded together. All but the last are imported from as they are, by a path in `sys.path`; the last
 * is unpacked, since jedi and parso open their stubs and grammars as files. Jedi reads the source of what it completes
 * and finds nothing in byte code, so that source travels with it.
 */
export const ARCHIVES: readonly Archive[] = [
	{ file: STDLIB, distributions: [], sources: [], leaveOut: OTHER_MACHINES },
	{
		file: 'prometheus_client.zip',
		distributions: ['prometheus_client'],
		sources: [],
		leaveOut: NOT_FOR_A_TAB
	},
	{ file: 'flask.zip', distributions: FLASK, sources: [], leaveOut: NOT_FOR_A_TAB },
	{
		file: 'jedi.zip',
		distributions: ['jedi', 'parso'],
		sources: ['prometheus_client', 'flask', 'werkzeug'],
		leaveOut: [...NOT_FOR_A_TAB, ...OTHER_PACKAGES]
	}
];
