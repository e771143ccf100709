import { createRandom, type VirtualClock } from '#engine/sim';
import type { ServiceHost } from '../service-host.ts';

/** Names that learner code finds in place of the global ones. */
export type Globals = Readonly<Record<string, unknown>>;

/**
 * The world as learner code sees it: its clock, timers and chance are the simulation's, its console is the output pane,
 * and what reaches out of the tab (network, storage, other threads, the page) is not there.
 */
export function sandboxGlobals(
	host: ServiceHost,
	seed: number,
	onStray: (error: unknown) => void
): Globals {
	const random = createRandom(seed).fork('learner');
	return {
		...blocked,
		...timers(host, onStray),
		console: consoleFor(host),
		Date: virtualDate(host.clock),
		Intl: virtualIntl(host.clock),
		performance: virtualPerformance(host.clock),
		Math: Object.freeze(Object.assign(Object.create(null), mathFunctions(), { random })),
		crypto: virtualCrypto(random),
		process: virtualProcess(host.clock)
	};
}

/** Reaching any of these would leave the simulation: `undefined`, as on a host that does not have them. */
const blocked: Globals = Object.fromEntries(
	[
		'self',
		'globalThis',
		'window',
		'document',
		'global',
		'fetch',
		'XMLHttpRequest',
		'WebSocket',
		'WebTransport',
		'EventSource',
		'importScripts',
		'Worker',
		'SharedWorker',
		'BroadcastChannel',
		'MessageChannel',
		'postMessage',
		'indexedDB',
		'caches',
		'localStorage',
		'sessionStorage',
		'navigator',
		'location',
		'queueMicrotask',
		'requestAnimationFrame',
		'setImmediate'
	].map((name) => [name, undefined])
);

function mathFunctions(): Record<string, unknown> {
	return Object.fromEntries(
		Object.getOwnPropertyNames(Math).map((name) => [name, Math[name as keyof Math]])
	);
}

function timers(host: ServiceHost, onStray: (error: unknown) => void): Globals {
	const cancels = new Map<number, () => void>();
	let lastId = 0;
	const start = (run: () => void, wait: number, repeats: boolean): number => {
		const id = ++lastId;
		const arm = () => {
			const cancel = host.clock.schedule(host.clock.now + Math.max(wait, repeats ? 1 : 0), () => {
				cancels.delete(id);
				if (repeats) arm();
				run();
			});
			cancels.set(id, cancel);
		};
		arm();
		return id;
	};
	const stop = (id: number) => {
		cancels.get(id)?.();
		cancels.delete(id);
	};
	const timer =
		(name: string, repeats: boolean) =>
		(callback: unknown, wait: unknown = 0, ...args: unknown[]) => {
			if (typeof callback !== 'function') throw new TypeError(`${name} wants a function`);
			const run = () => {
				try {
					const result: unknown = callback(...args);
					if (result instanceof Promise) result.catch(onStray);
				} catch (error) {
					onStray(error);
				}
			};
			return start(run, Number(wait) || 0, repeats);
		};
	return {
		setTimeout: timer('setTimeout', false),
		setInterval: timer('setInterval', true),
		clearTimeout: stop,
		clearInterval: stop
	};
}

function consoleFor(host: ServiceHost): Globals {
	const print =
		(level: 'log' | 'warn' | 'error') =>
		(...values: unknown[]) =>
			host.print(level, values.map(show).join(' '));
	return {
		log: print('log'),
		info: print('log'),
		debug: print('log'),
		warn: print('warn'),
		error: print('error')
	};
}

const LONGEST_SHOWN = 2000;

function show(value: unknown): string {
	const text = typeof value === 'string' ? value : showStructure(value);
	return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function showStructure(value: unknown): string {
	if (value instanceof Error) return `${value.name}: ${value.message}`;
	if (typeof value === 'function') return `[function ${value.name || 'anonymous'}]`;
	if (typeof value !== 'object' || value === null) return String(value);
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/** `Date` whose now is the virtual clock's; dates made from given values are the ordinary ones. */
function virtualDate(clock: VirtualClock): unknown {
	const now = () => clock.now;
	return new Proxy(Date, {
		construct: (target, args, newTarget) =>
			Reflect.construct(target, args.length === 0 ? [clock.now] : args, newTarget),
		apply: () => new Date(clock.now).toString(),
		get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver))
	});
}

/** `Intl` whose formats of no date in particular are of the virtual now. */
function virtualIntl(clock: VirtualClock): unknown {
	class DateTimeFormat extends Intl.DateTimeFormat {
		override format(date?: Date | number) {
			return super.format(date ?? clock.now);
		}
		override formatToParts(date?: Date | number) {
			return super.formatToParts(date ?? clock.now);
		}
	}
	return Object.freeze(
		Object.create(null, {
			...Object.getOwnPropertyDescriptors(Intl),
			DateTimeFormat: { value: DateTimeFormat, enumerable: true }
		})
	);
}

function virtualPerformance(clock: VirtualClock): Globals {
	const origin = clock.now;
	return { now: () => clock.now - origin, timeOrigin: origin };
}

/** `process.hrtime` is how Node programs time things, the examples of prom-client among them. */
function virtualProcess(clock: VirtualClock): Globals {
	const origin = clock.now;
	const nanoseconds = () => BigInt(Math.round((clock.now - origin) * 1e6));
	const hrtime = (since?: readonly [number, number]): [number, number] => {
		const elapsed =
			nanoseconds() - (since ? BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]) : 0n);
		return [Number(elapsed / 1_000_000_000n), Number(elapsed % 1_000_000_000n)];
	};
	return {
		env: {},
		uptime: () => (clock.now - origin) / 1000,
		hrtime: Object.assign(hrtime, { bigint: nanoseconds })
	};
}

function virtualCrypto(random: () => number): Globals {
	const byte = () => Math.floor(random() * 256);
	return {
		getRandomValues: (array: Uint8Array) => {
			for (let i = 0; i < array.length; i++) array[i] = byte();
			return array;
		},
		randomUUID: () => {
			const hex = Array.from({ length: 16 }, (_, i) => {
				const value = byte();
				const bits = i === 6 ? (value & 0x0f) | 0x40 : i === 8 ? (value & 0x3f) | 0x80 : value;
				return bits.toString(16).padStart(2, '0');
			}).join('');
			return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
		}
	};
}
