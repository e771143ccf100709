const HALF_PI = Math.PI / 2;

/** π/2 less its float64. */
const HALF_PI_REST = 6.123233995736766e-17;

/** The tangent of 3π/8. */
const TAN_3PI_8 = 2.414213562373095;

/** math.Atan (math/atan.go, after Cephes). */
export function goAtan(value: number): number {
	if (value === 0) return value;
	return value > 0 ? atanOfPositive(value) : -atanOfPositive(-value);
}

function atanOfPositive(value: number): number {
	if (value <= 0.66) return atanOfSmall(value);
	if (value > TAN_3PI_8) return HALF_PI - atanOfSmall(1 / value) + HALF_PI_REST;
	return Math.PI / 4 + atanOfSmall((value - 1) / (value + 1)) + 0.5 * HALF_PI_REST;
}

/** Within [0, 0.66]. */
function atanOfSmall(x: number): number {
	const z = x * x;
	const above =
		(((-0.8750608600031904 * z + -16.157537187333652) * z + -75.00855792314705) * z +
			-122.88666844901361) *
			z +
		-64.85021904942025;
	const below =
		((((z + 24.858464901423062) * z + 165.02700983169885) * z + 432.88106049129027) * z +
			485.3903996359137) *
			z +
		194.5506571482614;
	return x * ((z * above) / below) + x;
}

/** math.Asin (math/asin.go). */
export function goAsin(value: number): number {
	if (value === 0) return value;
	const size = Math.abs(value);
	if (size > 1) return NaN;
	const cosine = Math.sqrt(1 - size * size);
	const angle =
		size > 0.7 ? HALF_PI - atanOfPositive(cosine / size) : atanOfPositive(size / cosine);
	return value < 0 ? -angle : angle;
}

/** math.Acos. */
export function goAcos(value: number): number {
	return HALF_PI - goAsin(value);
}

/** math.Atan2, the angle of the point (x, y) (math/atan2.go). */
export function goAtan2(y: number, x: number): number {
	// On the axes and at infinity JavaScript has the same numbers.
	if (y === 0 || x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return Math.atan2(y, x);
	const angle = goAtan(y / x);
	if (x > 0) return angle;
	return angle <= 0 ? angle + Math.PI : angle - Math.PI;
}
