/** What may be passed where a number belongs, by mistake. Those that one metric takes for a number are refused by another. */
export const WRONG_VALUES: readonly unknown[] = [
	undefined,
	Infinity,
	-Infinity,
	'1',
	'three',
	'-1',
	{},
	{ value: 1, inner: { deeper: { deepest: { unseen: 1 } } } },
	[],
	[1, [2, [3, [4]]]],
	true,
	10n,
	function named() {},
	Symbol('s'),
	new Date(0),
	new (class Response {
		status = 200;
	})()
];
