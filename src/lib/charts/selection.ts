/** The series that a legend shows; undefined shows all, also those that come later. */
export type Selection = ReadonlySet<string> | undefined;

/** Whether a series is shown. */
export function isShown(selection: Selection, key: string): boolean {
	return selection === undefined || selection.has(key);
}

/** Shows one series alone; shows all again when it already was alone. */
export function isolate(selection: Selection, key: string): Selection {
	return selection?.size === 1 && selection.has(key) ? undefined : new Set([key]);
}

/** Shows or hides one series and leaves the others. Hiding the last one, or showing the last hidden one, shows all. */
export function toggle(selection: Selection, keys: readonly string[], key: string): Selection {
	const shown = new Set(keys.filter((one) => isShown(selection, one)));
	if (!shown.delete(key)) shown.add(key);
	return shown.size === 0 || shown.size === keys.length ? undefined : shown;
}
