/**
 * The colours of tokens.css as they are now, `#rrggbb`, for what CSS does not reach. The page itself is asked, because a token
 * is a light-dark() pair that only a computed colour resolves.
 */
export function resolveColors<Name extends string>(
	parent: HTMLElement,
	names: readonly Name[]
): Readonly<Record<Name, string>> {
	const probe = document.createElement('span');
	probe.hidden = true;
	parent.append(probe);
	const entries = names.map((name) => {
		probe.style.color = `var(--${name})`;
		return [name, hexOf(getComputedStyle(probe).color)];
	});
	probe.remove();
	return Object.fromEntries(entries) as Record<Name, string>;
}

function hexOf(color: string): string {
	const channels = color.match(/[\d.]+/g)?.slice(0, 3) ?? [];
	return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}
