import type { Problem } from '#engine/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	formatScrapeConfig,
	readScrapeConfig
} from '../../../../src/engine/scrape/config/index.ts';

const FILES = [
	`global:
  scrape_interval: 15s
  external_labels: {region: eu, note: "a # b"}
rule_files: [rules/*.yml]
scrape_configs:
- job_name: shop
  scrape_timeout: 5s
  static_configs:
  - targets: ['a:1', "b:2"]
    labels:
      env: prod
`,
	`scrape_configs:
- &base
  job_name: a
  body_size_limit: 15MB
  params:
    match[]:
    - up
  metric_relabel_configs:
  - source_labels: [__name__, le]
    regex: (.+);(0\\.5|1)
    target_label: kept
    replacement: \${1}
  - {action: labeldrop, regex: tmp_.*}
- <<: *base
  job_name: |
    two
    lines
`
];

const PIECES =
	' |  |:|- |\n|"|\'|[|]|{|}|,|#|&a |*a|!!int |>|%|\t|<<: *base|null|~|---\n|0x|?|\\|é|\u0001|\ud800'.split(
		'|'
	);

interface Mutation {
	readonly at: number;
	readonly cut: number;
	readonly piece: string;
}

const mutations = fc.array(
	fc.record<Mutation>({
		at: fc.nat(600),
		cut: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(60)),
		piece: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES))
	}),
	{ minLength: 1, maxLength: 4 }
);

function mutate(text: string, { at, cut, piece }: Mutation): string {
	const from = at % (text.length + 1);
	return text.slice(0, from) + piece + text.slice(from + cut);
}

function isInside({ message, line = 0, column = 0 }: Problem, text: string): boolean {
	const shown = text.split('\n')[line - 1];
	return message !== '' && shown !== undefined && column >= 1 && column <= shown.length + 1;
}

test('whatever becomes of a file, it is read, or there is an error at a place in it', () => {
	fc.assert(
		fc.property(fc.constantFrom(...FILES), mutations, (file, changes) => {
			const text = changes.reduce(mutate, file);
			const { config, problems } = readScrapeConfig(text);
			expect(problems.filter((problem) => !isInside(problem, text))).toEqual([]);
			const hasErrors = problems.some(({ severity }) => severity === 'error');
			expect(config === undefined).toBe(hasErrors);
			if (config) expect(formatScrapeConfig(config)).toContain('global:');
		}),
		{ numRuns: 10_000, seed: 1 }
	);
}, 30_000);
