import {
	exampleOf,
	type Example,
	type ReferenceText,
	type ReferenceTexts
} from './reference-text.ts';

/** A function of each value alone. */
function ofValue(about: string, example: Example, trap?: string): ReferenceText {
	return {
		params: { v: 'the values' },
		about,
		...(trap ? { trap } : {}),
		histograms: 'left out',
		example
	};
}

export const MATHS_TEXTS: ReferenceTexts = {
	abs: ofValue(
		'Takes the sign away: what was below zero comes out as far above it.',
		exampleOf(
			['temperature{room="cellar"} -4', 'temperature{room="kitchen"} 21'],
			'abs(temperature)',
			'{room="cellar"} 4',
			'{room="kitchen"} 21'
		)
	),
	ceil: ofValue(
		'Rounds each value up to the next whole number; whole numbers stay as they are.',
		exampleOf(['pods_needed{app="shop"} 2.1'], 'ceil(pods_needed)', '{app="shop"} 3'),
		'Up means towards +Inf: `ceil(-1.5)` would be -1.'
	),
	floor: ofValue(
		'Rounds each value down to the next whole number; whole numbers stay as they are.',
		exampleOf(['age_days{cert="www"} 89.9'], 'floor(age_days)', '{cert="www"} 89'),
		'Down means towards -Inf: `floor(-1.5)` would be -2.'
	),
	round: {
		params: {
			v: 'the values',
			to_nearest: 'of what number the result is to be a multiple, 1 unless given; may be a fraction'
		},
		about:
			'Rounds each value to the nearest multiple of a number. A value exactly between two multiples goes up.',
		trap: '`round(v, 2)` does not round to two digits but to even numbers. For two digits after the point it is `round(v, 0.01)`.',
		histograms: 'left out',
		example: exampleOf(
			['price{item="tea"} 2.347', 'price{item="cake"} 4.5'],
			'round(price, 0.1)',
			'{item="tea"} 2.3',
			'{item="cake"} 4.5'
		)
	},
	exp: ofValue(
		'Raises e, about 2.718, to each value.',
		exampleOf(['x 1'], 'exp(x)', '{} 2.718281828459045')
	),
	ln: ofValue(
		'The natural logarithm: to what power e has to be raised to give the value.',
		exampleOf(['x 1'], 'ln(x)', '{} 0'),
		'Of 0 it is -Inf, of anything below NaN.'
	),
	log2: ofValue(
		'The logarithm to the base 2: how often 1 has to be doubled to give the value.',
		exampleOf(['bytes 1024'], 'log2(bytes)', '{} 10'),
		'Of 0 it is -Inf, of anything below NaN.'
	),
	log10: ofValue(
		'The logarithm to the base 10: how many zeros the value has, with everything in between.',
		exampleOf(['users 1000'], 'log10(users)', '{} 3'),
		'Of 0 it is -Inf, of anything below NaN.'
	),
	sqrt: ofValue(
		'The square root of each value.',
		exampleOf(['variance{of="latency"} 9'], 'sqrt(variance)', '{of="latency"} 3'),
		'Of a value below 0 it is NaN.'
	),
	sgn: ofValue(
		'The sign of each value: 1 above zero, -1 below, and 0 for zero itself.',
		exampleOf(
			['balance{account="a"} 250', 'balance{account="b"} -3'],
			'sgn(balance)',
			'{account="a"} 1',
			'{account="b"} -1'
		)
	),
	clamp: {
		params: {
			v: 'the values',
			min: 'what lower values become',
			max: 'what higher values become'
		},
		about: 'Keeps each value between two limits: what is outside becomes the limit it passed.',
		trap: 'No series is dropped; to drop those outside, compare: `v > 0 < 100`. When `min` is above `max` there is no result at all.',
		histograms: 'left out',
		example: exampleOf(
			['fill_percent{tank="a"} 104', 'fill_percent{tank="b"} 55'],
			'clamp(fill_percent, 0, 100)',
			'{tank="a"} 100',
			'{tank="b"} 55'
		)
	},
	clamp_min: {
		params: { v: 'the values', min: 'what lower values become' },
		about:
			'Raises each value to at least a limit. It keeps a divisor away from zero, for instance.',
		trap: 'No series is dropped: for that there is `v >= min`.',
		histograms: 'left out',
		example: exampleOf(['free_seats{car="1"} -2'], 'clamp_min(free_seats, 0)', '{car="1"} 0')
	},
	clamp_max: {
		params: { v: 'the values', max: 'what higher values become' },
		about: 'Lowers each value to at most a limit, so that one outlier does not flatten a graph.',
		trap: 'No series is dropped: for that there is `v <= max`.',
		histograms: 'left out',
		example: exampleOf(['latency{path="/"} 99'], 'clamp_max(latency, 10)', '{path="/"} 10')
	}
};

/** A function of an angle, or one that gives an angle. */
function ofAngle(about: string, data: string, query: string, result: string, trap?: string) {
	return ofValue(about, exampleOf([`x ${data}`], query, `{} ${result}`), trap);
}

const RADIANS = 'Angles are in radians; `rad()` makes them of degrees.';
const FROM_MINUS_ONE_TO_ONE = 'Values outside of -1 to 1 give NaN.';

export const TRIGONOMETRY_TEXTS: ReferenceTexts = {
	sin: ofAngle('The sine of each angle.', '90', 'sin(rad(x))', '1', RADIANS),
	cos: ofAngle('The cosine of each angle.', '180', 'cos(rad(x))', '-1', RADIANS),
	tan: ofAngle('The tangent of each angle.', '45', 'tan(rad(x))', '1', RADIANS),
	asin: ofAngle(
		'The angle whose sine the value is.',
		'1',
		'deg(asin(x))',
		'90',
		FROM_MINUS_ONE_TO_ONE
	),
	acos: ofAngle(
		'The angle whose cosine the value is.',
		'0',
		'deg(acos(x))',
		'90',
		FROM_MINUS_ONE_TO_ONE
	),
	atan: ofAngle(
		'The angle whose tangent the value is, between -π/2 and π/2.',
		'1',
		'deg(atan(x))',
		'45',
		'It can not know in which direction both sides of a triangle point; the operator atan2 can: `y atan2 x`.'
	),
	sinh: ofAngle('The hyperbolic sine of each value.', '1', 'sinh(x)', '1.1752011936438014'),
	cosh: ofAngle('The hyperbolic cosine of each value.', '0', 'cosh(x)', '1'),
	tanh: ofAngle(
		'The hyperbolic tangent of each value: anything, bent to between -1 and 1.',
		'1',
		'tanh(x)',
		'0.7615941559557649'
	),
	asinh: ofAngle('The inverse of the hyperbolic sine.', '0', 'asinh(x)', '0'),
	acosh: ofAngle(
		'The inverse of the hyperbolic cosine.',
		'1',
		'acosh(x)',
		'0',
		'Values below 1 give NaN.'
	),
	atanh: ofAngle(
		'The inverse of the hyperbolic tangent.',
		'0',
		'atanh(x)',
		'0',
		FROM_MINUS_ONE_TO_ONE
	),
	deg: ofAngle(
		'Makes degrees of radians: 2π are 360 degrees.',
		'3.141592653589793',
		'deg(x)',
		'180'
	),
	rad: ofAngle(
		'Makes radians of degrees: 360 degrees are 2π.',
		'180',
		'rad(x)',
		'3.141592653589793'
	),
	pi: {
		params: {},
		about: 'The number π.',
		histograms: 'none',
		example: exampleOf([], 'pi()', '3.141592653589793')
	}
};
