import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const BROTLI_WINDOW = 24;

/** What is downloaded before the first line of learner code runs, in bytes of brotli at its best. */
const BUDGET = 6_000_000;
const FIRST = /^pyodide|^python_stdlib|^prometheus_client/;

export interface NamedBytes {
	readonly name: string;
	readonly data: Uint8Array;
}

/** Bytes that the data takes in brotli. Quality 11 takes half a minute for the largest file, quality 9 two seconds. */
export async function brotliSize(data: Uint8Array, quality: 9 | 11): Promise<number> {
	const params = {
		[constants.BROTLI_PARAM_QUALITY]: quality,
		[constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW,
		[constants.BROTLI_PARAM_SIZE_HINT]: data.length
	};
	return (await promisify(brotliCompress)(data, { params })).length;
}

/** Prints raw, gzip and brotli sizes of the files, and of those that are needed at first against their budget. */
export async function printSizes(files: readonly NamedBytes[]): Promise<void> {
	const rows = await Promise.all(
		files.map(async ({ name, data }) => ({
			name,
			raw: data.length,
			gzip: (await promisify(gzip)(data, { level: 9 })).length,
			brotli: await brotliSize(data, 11)
		}))
	);
	console.table(rows);
	const first = rows.filter(({ name }) => FIRST.test(name));
	const total = first.reduce((sum, { brotli }) => sum + brotli, 0);
	console.log(`Needed at first: ${megabytes(total)} of at most ${megabytes(BUDGET)} (brotli 11).`);
}

export function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(2)} MB`;
}
