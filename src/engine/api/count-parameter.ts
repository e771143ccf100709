import { quote } from '#engine/model';
import { ApiError, invalidParameter } from './api-error.ts';

/** What Go's int holds. */
const LARGEST = 2n ** 63n - 1n;

/** Longer lists than this of the TSDB status are not made (web/api/v1, serveTSDBStatus). */
const LONGEST_TOP_LIST = 10_000;
const TOP_LIST = 10;

/** Reads `limit` of queries and look-ups; 0 is no limit. Throws an ApiError. */
export function optionalLimit(text: string | undefined): number {
	if (text === undefined || text === '') return 0;
	const read = parseWhole(text);
	if (typeof read === 'string') throw invalidParameter('limit', read);
	if (read < 0) throw invalidParameter('limit', 'limit must be non-negative');
	return read;
}

/** Reads a limit of metadata, which has other words for what is wrong; nothing for none. Throws an ApiError. */
export function metadataLimit(name: string, text: string | undefined): number | undefined {
	if (text === undefined || text === '') return undefined;
	const read = parseWhole(text);
	if (typeof read === 'string') throw new ApiError('bad_data', `${name} must be a number`);
	return read;
}

/** Reads how long the lists of the TSDB status are to be. Throws an ApiError. */
export function topListLength(text: string | undefined): number {
	if (text === undefined || text === '') return TOP_LIST;
	const read = parseWhole(text);
	if (typeof read === 'string' || read < 1) {
		throw new ApiError('bad_data', 'limit must be a positive number');
	}
	if (read > LONGEST_TOP_LIST) {
		throw new ApiError('bad_data', `limit must not exceed ${LONGEST_TOP_LIST}`);
	}
	return read;
}

/** The whole number that a text is, or in Go's words why it is none (strconv.Atoi). */
export function parseWhole(text: string, parser = 'Atoi', largest = LARGEST): number | string {
	const problem = (reason: string) => `strconv.${parser}: parsing ${quote(text)}: ${reason}`;
	if (!/^[+-]?\d+$/.test(text)) return problem('invalid syntax');
	const value = BigInt(text.replace(/^\+/, ''));
	const isInRange = value <= largest && value >= -largest - 1n;
	return isInRange ? Number(value) : problem('value out of range');
}
