import { expect, test } from 'vitest';
import { formatValue, type Unit } from '$lib/charts/numbers.ts';

function check(value: number, unit: Unit, expected: string) {
	test(`${value} in ${unit} is said as ${expected}`, () => {
		expect(formatValue(value, unit)).toBe(expected);
	});
}

check(0.305, 'seconds', '305 ms');
check(0.0000421, 'seconds', '42.1 µs');
check(3e-9, 'seconds', '3 ns');
check(1.25, 'seconds', '1.25 s');
check(90, 'seconds', '90 s');
check(1200, 'seconds', '20 min');
check(10800, 'seconds', '3 h');
check(259200, 'seconds', '3 d');
check(0, 'seconds', '0 s');
check(-0.305, 'seconds', '−305 ms');

check(52.13, 'per-second', '52.1/s');
check(1200, 'per-second', '1.2 k/s');
check(2_500_000, 'per-second', '2.5 M/s');
check(0.04, 'per-second', '0.04/s');

check(0.12, 'ratio', '12 %');
check(0.9995, 'ratio', '100 %');
check(0.0031, 'ratio', '0.31 %');
check(0, 'ratio', '0 %');

check(512, 'bytes', '512 B');
check(67_108_864, 'bytes', '64 MiB');
check(1536, 'bytes-per-second', '1.5 KiB/s');

check(1027, 'number', '1,027');
check(12_345.6, 'number', '12,346');
check(123_456, 'number', '123 k');
check(7_800_000_000, 'number', '7.8 G');
check(0.5, 'number', '0.5');
check(0.00001234, 'number', '1.23e-5');
check(0, 'number', '0');
check(NaN, 'number', 'NaN');
check(Infinity, 'seconds', '+Inf');
check(-Infinity, 'seconds', '−Inf');
