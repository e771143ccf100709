/**
 * Fills in what a text takes from the environment, `$NAME` or `${NAME}`; `$$` is a dollar (Go's os.Expand, as config/config.go uses it).
 * Here the environment is empty: the names that were asked for are given to `missing`.
 */
export function expandEnvironment(text: string, missing: (name: string) => void): string {
	return text.replace(
		/\$(?:\{([^}]*)\}|(\{)|([*#$@!?\-0-9]|[A-Za-z_][A-Za-z0-9_]*))/g,
		(_, braced?: string, open?: string, bare?: string) => {
			const name = braced ?? bare ?? '';
			if (name === '$') return '$';
			if (open === undefined && name !== '') missing(name);
			return '';
		}
	);
}
