import { labels, labelsToRecord, NO_LABELS } from '#engine/model';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createRelabeler } from '../../../../src/engine/scrape/relabel/relabel.ts';
import { type RelabelRule } from '../../../../src/engine/scrape/relabel/rule.ts';
import { randomLabels, randomRule, rule } from './rules.ts';

type Record_ = Readonly<Record<string, string>>;

/** What the rules make of a label set; undefined when they drop it. */
function check(
	before: Record_,
	rules: readonly Partial<RelabelRule>[],
	after: Record_ | undefined
): void {
	const relabeled = createRelabeler(rules.map(rule))(labels(before));
	expect(relabeled && labelsToRecord(relabeled)).toEqual(after);
	if (after && relabeled) expect(relabeled).toEqual(labels(after));
}

describe('replace', () => {
	const ABC = { a: 'foo', b: 'bar', c: 'baz' };

	it('sets a label to the expanded replacement', () => {
		const ch = { regex: 'f(.*)', replacement: 'ch${1}-ch${1}' };
		check(ABC, [{ sourceLabels: ['a'], targetLabel: 'd', ...ch }], { ...ABC, d: 'choo-choo' });
		const middle = { regex: '.*(b).*', targetLabel: 'd' };
		check({ a: 'abc' }, [{ sourceLabels: ['a'], ...middle }], { a: 'abc', d: 'b' });
	});

	it('joins its source labels, and sees what rules before it have set', () => {
		check(
			ABC,
			[
				{
					sourceLabels: ['a', 'b'],
					regex: 'f(.*);(.*)r',
					targetLabel: 'a',
					replacement: 'b${1}${2}m'
				},
				{
					sourceLabels: ['c', 'a'],
					regex: '(b).*b(.*)ba(.*)',
					targetLabel: 'd',
					replacement: '$1$2$2$3'
				}
			],
			{ a: 'boobam', b: 'bar', c: 'baz', d: 'boooom' }
		);
	});

	it('leaves a set alone that its expression does not match as a whole', () => {
		check(
			{ a: 'boo' },
			[{ sourceLabels: ['a'], regex: 'f', targetLabel: 'b', replacement: 'bar' }],
			{ a: 'boo' }
		);
		check(
			{ a: 'boo' },
			[{ sourceLabels: ['a'], regex: 'bo', targetLabel: 'b', replacement: 'bar' }],
			{ a: 'boo' }
		);
	});

	it('takes a label away when the replacement is empty', () => {
		const f = { sourceLabels: ['a'], regex: '(f).*', targetLabel: '$1', replacement: '$2' };
		check({ a: 'foo', f: 'baz' }, [f], { a: 'foo' });
		check({ a: 'foo', f: 'baz' }, [{ targetLabel: 'f', replacement: '' }], { a: 'foo' });
	});

	it('sets a constant when it has no source', () => {
		check({}, [{ targetLabel: 'cluster', replacement: 'eu' }], { cluster: 'eu' });
		check({ a: 'x' }, [{ targetLabel: 'a', regex: '', replacement: 'y' }], { a: 'y' });
		check({}, [{ targetLabel: '${0}', replacement: 'x' }], {});
		check({}, [{ targetLabel: 'x', replacement: '${0}' }], {});
	});

	it('makes the name of its target too, and does nothing when that is no name', () => {
		const a = { a: 'some-name-value' };
		const parts = { sourceLabels: ['a'], regex: 'some-([^-]+)-([^,]+)' };
		check(a, [{ ...parts, targetLabel: '${1}', replacement: '${2}' }], { ...a, name: 'value' });
		check(a, [{ ...parts, targetLabel: '${1}', replacement: '${3}' }], a);
		check(a, [{ ...parts, targetLabel: '${3}', replacement: '${1}' }], a);
	});

	it('minds the scheme of names', () => {
		const dotted = { sourceLabels: ['a'], targetLabel: '$1', replacement: 'x' };
		check({ a: 'b.c' }, [dotted], { a: 'b.c', 'b.c': 'x' });
		check({ a: 'b.c' }, [{ ...dotted, nameValidationScheme: 'legacy' }], { a: 'b.c' });
	});

	it('reads the tags of a discovery', () => {
		const tags = { __meta_sd_tags: 'path:/secret,job:some-job,label:foo=bar' };
		const from = { sourceLabels: ['__meta_sd_tags'] };
		check(
			tags,
			[
				{ ...from, regex: '(?:.+,|^)path:(/[^,]+).*', targetLabel: '__metrics_path__' },
				{ ...from, regex: '(?:.+,|^)job:([^,]+).*', targetLabel: 'job' },
				{
					...from,
					regex: '(?:.+,|^)label:([^=]+)=([^,]+).*',
					targetLabel: '${1}',
					replacement: '${2}'
				}
			],
			{ ...tags, __metrics_path__: '/secret', job: 'some-job', foo: 'bar' }
		);
	});

	it('lets a dot match the end of a line', () => {
		const lines = { a: 'line1\nline2', 'utf-8.label': 'line1\nline2' };
		const matches = { regex: 'line1.*line2', replacement: 'match${1}' };
		check(lines, [{ sourceLabels: ['a'], targetLabel: 'd', ...matches }], { ...lines, d: 'match' });
		check(lines, [{ sourceLabels: ['utf-8.label'], targetLabel: 'd.e', ...matches }], {
			...lines,
			'd.e': 'match'
		});
		check(lines, [{ sourceLabels: ['a'], targetLabel: 'd.e${1}', ...matches }], {
			...lines,
			'd.e': 'match'
		});
	});

	it('knows groups by number and by name', () => {
		const named = { sourceLabels: ['a'], regex: '(line1).*(?<second>line2)' };
		check(
			{ a: 'line1\nline2' },
			[
				{ ...named, targetLabel: 'label1_${1}', replacement: 'val_${second}' },
				{ ...named, targetLabel: 'label2_$1', replacement: 'val_$second' }
			],
			{ a: 'line1\nline2', label1_line1: 'val_line2', label2_line1: 'val_line2' }
		);
	});

	it('may say the end of the text itself', () => {
		const total = { sourceLabels: ['__name__'], regex: '.*_total$' };
		check(
			{ __name__: 'http_requests_total' },
			[{ ...total, targetLabel: '__type__', replacement: 'counter' }],
			{ __name__: 'http_requests_total', __type__: 'counter' }
		);
	});
});

describe('keep and drop', () => {
	it('look for a match of the whole value', () => {
		const keep = (regex: string) => ({ action: 'keep', sourceLabels: ['a'], regex }) as const;
		const drop = (regex: string) => ({ action: 'drop', sourceLabels: ['a'], regex }) as const;
		check({ a: 'foo' }, [drop('.*o.*')], undefined);
		check({ a: 'foo' }, [drop('.*o.*'), { targetLabel: 'd', replacement: 'x' }], undefined);
		check({ a: 'foo' }, [drop('no-match')], { a: 'foo' });
		check({ a: 'foo' }, [drop('f|o')], { a: 'foo' });
		check({ a: 'foo' }, [keep('no-match')], undefined);
		check({ a: 'foo' }, [keep('f.*')], { a: 'foo' });
	});

	it('take a label that is not there for an empty one', () => {
		check({ a: 'foo' }, [{ action: 'drop', sourceLabels: ['b'], regex: '' }], undefined);
		check({ a: 'foo' }, [{ action: 'keep', sourceLabels: ['b'], regex: '.+' }], undefined);
	});

	it('are complements', () => {
		fc.assert(
			fc.property(randomRule, randomLabels, ({ sourceLabels, regex }, set) => {
				const does = (action: 'keep' | 'drop') =>
					createRelabeler([rule({ action, sourceLabels, regex })])(set);
				expect([does('keep'), does('drop')].filter((one) => one === set)).toHaveLength(1);
				expect([does('keep'), does('drop')]).toContain(undefined);
			})
		);
	});
});

test('keepequal and dropequal compare the source with the target', () => {
	const ports = { __tmp_port: '1234', __port1: '1234', __port2: '5678' };
	const compare = (action: 'keepequal' | 'dropequal', targetLabel: string) => [
		{ action, sourceLabels: ['__tmp_port'], targetLabel }
	];
	check(ports, compare('keepequal', '__port1'), ports);
	check(ports, compare('keepequal', '__port2'), undefined);
	check(ports, compare('dropequal', '__port1'), undefined);
	check(ports, compare('dropequal', '__port2'), ports);
});

test('hashmod sets a label to a shard', () => {
	const shard = (sourceLabels: readonly string[]) =>
		[{ action: 'hashmod', sourceLabels, targetLabel: 'd', modulus: 1000 }] as const;
	check({ c: 'baz' }, shard(['c']), { c: 'baz', d: '976' });
	check({ a: 'foo\nbar' }, shard(['a']), { a: 'foo\nbar', d: '734' });
});

describe('labelmap', () => {
	it('copies labels to the names that it makes of theirs', () => {
		const bs = { a: 'foo', b1: 'bar', b2: 'baz' };
		check(bs, [{ action: 'labelmap', regex: '(b.*)', replacement: 'bar_${1}' }], {
			...bs,
			bar_b1: 'bar',
			bar_b2: 'baz'
		});
		const metas = { a: 'foo', __meta_my_bar: 'aaa', __meta_my_baz: 'bbb', __meta_other: 'ccc' };
		check(metas, [{ action: 'labelmap', regex: '__meta_(my.*)', replacement: '${1}' }], {
			...metas,
			my_bar: 'aaa',
			my_baz: 'bbb'
		});
	});

	it('does not go on to what it has set itself', () => {
		const shift = { action: 'labelmap', regex: 'x?(.*)', replacement: 'x$1' } as const;
		check({ a: '1', xa: '2' }, [shift], { a: '1', xa: '2' });
		check({ a: '1' }, [{ action: 'labelmap', regex: '(.*)', replacement: 'x$1' }], {
			a: '1',
			xa: '1'
		});
	});

	it('takes the last of those with one new name: sorted, and after them what rules have set', () => {
		const both = { action: 'labelmap', regex: '[ab]', replacement: 'c' } as const;
		check({ a: '1', b: '2' }, [both], { a: '1', b: '2', c: '2' });
		const again = { sourceLabels: ['a'], targetLabel: 'a' };
		check({ a: '1', b: '2' }, [again, both], { a: '1', b: '2', c: '1' });
		const relabeled = createRelabeler([rule(both)])(labels({ a: '1', b: '2' }), ['a']);
		expect(relabeled).toEqual(labels({ a: '1', b: '2', c: '1' }));
	});

	it('keeps what was there, but for what has the new name', () => {
		fc.assert(
			fc.property(randomLabels, (set) => {
				const map = createRelabeler([rule({ action: 'labelmap', replacement: 'new_$1' })]);
				expect(labelsToRecord(map(set)!)).toMatchObject(labelsToRecord(set));
			})
		);
	});
});

test('labelkeep and labeldrop choose labels by their names', () => {
	const bs = { a: 'foo', b1: 'bar', b2: 'baz' };
	check(bs, [{ action: 'labelkeep', regex: '(b.*)' }], { b1: 'bar', b2: 'baz' });
	check(bs, [{ action: 'labeldrop', regex: '(b.*)' }], { a: 'foo' });
	check(bs, [{ action: 'labeldrop' }], {});
});

test('a label that was dropped can be set again', () => {
	const port = '__meta_kubernetes_pod_annotation_XXX_metrics_port';
	const name = '__meta_kubernetes_pod_container_port_name';
	check(
		{ [name]: 'foo', [port]: '9091' },
		[
			{ action: 'labeldrop', regex: `^${name}$` },
			{ sourceLabels: [port], regex: '(.+)', replacement: 'metrics', targetLabel: name },
			{ action: 'keep', sourceLabels: [name], regex: '^metrics$' }
		],
		{ [port]: '9091', [name]: 'metrics' }
	);
});

test('lowercase and uppercase map the letters of the source', () => {
	const foo = { foo: 'bAr123Foo' };
	check(
		foo,
		[
			{ action: 'uppercase', sourceLabels: ['foo'], targetLabel: 'upper' },
			{ action: 'lowercase', sourceLabels: ['foo'], targetLabel: 'lower' }
		],
		{ ...foo, lower: 'bar123foo', upper: 'BAR123FOO' }
	);
	check({ foo: '1' }, [{ action: 'lowercase', targetLabel: 'foo' }], {});
});

describe('a relabeler', () => {
	it('gives back the set itself when no rule applies', () => {
		const set = labels({ __name__: 'up', job: 'shop' });
		const relabel = createRelabeler(
			[
				{ sourceLabels: ['__name__'], regex: 'go_(.*)', targetLabel: '__name__' },
				{ action: 'drop' as const, sourceLabels: ['__name__'], regex: 'go_.*' },
				{ action: 'labelmap' as const, regex: '__meta_(.*)' },
				{ action: 'labeldrop' as const, regex: 'pod' }
			].map(rule)
		);
		expect(relabel(set)).toBe(set);
		expect(createRelabeler([])(NO_LABELS)).toBe(NO_LABELS);
	});

	it('leaves the set that it was given as it was', () => {
		fc.assert(
			fc.property(fc.array(randomRule), randomLabels, (rules, set) => {
				const before = [...set];
				createRelabeler(rules)(set);
				expect(set).toEqual(before);
			})
		);
	});

	it('gives sorted sets without empty values, whatever the rules', () => {
		fc.assert(
			fc.property(fc.array(randomRule), randomLabels, (rules, set) => {
				const relabeled = createRelabeler(rules)(set) ?? [];
				expect(relabeled).toEqual(labels(labelsToRecord(relabeled)));
			})
		);
	});

	it('cannot be made of a rule that is wrong', () => {
		expect(() => createRelabeler([rule({})])).toThrow(
			"invalid relabel rule: relabel configuration for replace action requires 'target_label' value"
		);
	});
});
