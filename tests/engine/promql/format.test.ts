import { describe, expect, test } from 'vitest';
import { ALL_FEATURES, format, parse } from '#engine/promql';

function check(query: string, ...lines: string[]): void {
	test(query, () => {
		const result = parse(query, ALL_FEATURES);
		expect(result.ok && format(result.expr).split('\n')).toEqual(lines);
	});
}

const LONG = 'http_server_request_duration_seconds_bucket{job="checkout",instance="10.0.0.1:8080"}';
/** Of 64 characters. */
const NAME = 'node_filesystem_available_bytes_of_a_very_long_and_winding_name_';

describe('what fits on a line of 100 bytes stays on it', () => {
	check('sum( up )by(job)', 'sum by (job) (up)');
	check(`-${'a'.repeat(99)}`, `-${'a'.repeat(99)}`);
	check(`(${'a'.repeat(98)})`, `(${'a'.repeat(98)})`);
	check(`(${'a'.repeat(99)})`, '(', `  ${'a'.repeat(99)}`, ')');
	check(`("${'é'.repeat(48)}")`, `("${'é'.repeat(48)}")`);
	check(`("${'é'.repeat(49)}")`, '(', `  "${'é'.repeat(49)}"`, ')');
});

describe('what does not fit is opened up', () => {
	check(
		`sum by (job) (rate(${LONG}[5m]))`,
		'sum by (job) (',
		'  rate(http_server_request_duration_seconds_bucket{instance="10.0.0.1:8080",job="checkout"}[5m])',
		')'
	);
	check(
		`topk without (a) (5, ${NAME} + ${NAME})`,
		'topk without (a) (',
		'  5,',
		`    ${NAME}`,
		'  +',
		`    ${NAME}`,
		')'
	);
	check(
		`${NAME} > bool on (job) group_left (zone) fill (0) ${NAME}`,
		`  ${NAME}`,
		'> bool on (job) group_left (zone) fill (0)',
		`  ${NAME}`
	);
	check(
		`label_replace(${NAME}, "instance", "$1", "instance", "(.*):.*")`,
		'label_replace(',
		`  ${NAME},`,
		'  "instance",',
		'  "$1",',
		'  "instance",',
		'  "(.*):.*"',
		')'
	);
	check(`-(${NAME} or ${NAME})`, '-(', `    ${NAME}`, '  or', `    ${NAME}`, ')');
});

describe('a subquery', () => {
	check(
		`max_over_time((${NAME} * ${NAME})[1h:5m] offset 1d)`,
		'max_over_time(',
		'  (',
		`      ${NAME}`,
		'    *',
		`      ${NAME}`,
		'  )[1h:5m] offset 1d',
		')'
	);
	check(
		`sum_over_time(${NAME}[1h:step()]) + ${NAME}`,
		`  sum_over_time(${NAME}[1h:step()])`,
		'+',
		`  ${NAME}`
	);
	check(
		`predict_linear(${NAME}[1h:], 1${'0'.repeat(20)})`,
		'predict_linear(',
		`${NAME}[1h:],`,
		`  1${'0'.repeat(20)}`,
		')'
	);
});
