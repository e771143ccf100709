import { NO_LABELS } from '#engine/model';
import { mapValues, type VectorFunction } from './element.ts';
import { stepTime } from './evaluation.ts';

/** A part of a date in UTC. Of a date that no Date can hold, `date` is one like it in its era, `years` earlier. */
export type DatePart = (date: Date, years: number) => number;

/** Makes a vector function of a part of a date: of the values as Unix seconds, or of the step's own time. */
export function ofDate(part: DatePart): VectorFunction {
	return (call, evaluation, emit) => {
		const { grid, buffers } = evaluation;
		if (call.args.length > 0) {
			mapValues(call, evaluation, emit, (values) => {
				for (let i = 0; i < values.length; i++) values[i] = partAt(values[i] as number, part);
			});
			return;
		}
		const { values, present } = buffers.take();
		for (let i = 0; i < grid.count; i++) values[i] = partAt(stepTime(grid, i) / 1000, part);
		present.fill(1);
		emit({ labels: NO_LABELS, values, present, dropName: false });
	};
}

/** 1 for the first of January. */
export function dayOfYear(date: Date): number {
	const newYear = Date.UTC(date.getUTCFullYear(), 0, 1);
	return Math.floor((date.getTime() - newYear) / DAY) + 1;
}

/** 28 to 31, for the month in UTC that the date is in. */
export function daysInMonth(date: Date): number {
	return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

const DAY = 86_400_000;

/** So many seconds from 1970 on a Date can hold. */
const MOST_SECONDS = 8.64e12;

function partAt(seconds: number, part: DatePart): number {
	if (Math.abs(seconds) <= MOST_SECONDS) return part(new Date(Math.trunc(seconds) * 1000), 0);
	return farPart(toInt64(seconds), part);
}

/** A float as an int64 as Go converts it on amd64: what does not fit, NaN among it, is the least of them. */
function toInt64(value: number): bigint {
	return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n);
}

/** The year from whose March Go's package time counts, and the days from there until 1970: whole eras until 1600, and the rest. */
const FIRST_YEAR = -292_277_022_400;
const DAYS_IN_ERA = 146_097n;
const DAYS_BEFORE_1970 = BigInt((1600 - FIRST_YEAR) / 400) * DAYS_IN_ERA + 135_080n;

/** The calendar repeats itself every 400 years, its weekdays too; seconds are counted in 64 bits and begin again, as in Go. */
function farPart(seconds: bigint, part: DatePart): number {
	const since = BigInt.asUintN(64, seconds + DAYS_BEFORE_1970 * 86_400n);
	const days = since / 86_400n;
	const eras = days / DAYS_IN_ERA;
	const date = Date.UTC(2000, 2, 1) + Number(days % DAYS_IN_ERA) * DAY;
	return part(
		new Date(date + Number(since % 86_400n) * 1000),
		FIRST_YEAR + Number(eras) * 400 - 2000
	);
}
