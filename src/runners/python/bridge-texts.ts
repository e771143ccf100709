/**
 * The Python modules of the bridge by name, as the bundler puts them in. Where nothing bundles (the command line), the same
 * texts are read from the folder `bridge` and given to `loadInterpreter` instead.
 */
const files: Readonly<Record<string, string>> = import.meta.glob('./bridge/*.py', {
	query: '?raw',
	import: 'default',
	eager: true
});

export const BRIDGE: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.py$/g, ''), text])
);
