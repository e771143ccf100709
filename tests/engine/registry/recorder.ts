import type { createPromClient } from '#engine/registry';

type Module = ReturnType<typeof createPromClient>;
type Call = (...values: unknown[]) => unknown;

const KINDS = ['Counter', 'Gauge', 'Histogram', 'Summary'];
const CLASSES = [...KINDS, 'Registry', 'AggregatorRegistry'];
const DATA: Readonly<Record<string, string>> = {
	inc: 'IncreaseDataWithExemplar',
	observe: 'ObserveDataWithExemplar'
};

/**
 * A client that writes into `seen` what is used of it, in the names of `publicMembers`. Only what its user calls: what
 * one method calls of another does not count.
 */
export function record(client: Module, seen: Set<string>): Module {
	const { Registry } = client;
	/** What is watched already: `labels()` gives the same child again and again. */
	const known = new WeakSet<object>();
	let depth = 0;

	/** Calls a function; whatever that calls in turn is not the user's call. */
	function within<R>(run: () => R): R {
		depth++;
		try {
			return run();
		} finally {
			depth--;
		}
	}

	function note(member: string): void {
		if (depth === 0) seen.add(member);
	}

	function noteKeys(owner: string, object: unknown): void {
		for (const [key, value] of Object.entries(Object(object) as object)) {
			if (value !== undefined) note(`${owner}.${key}`);
		}
	}

	function kindOf(value: unknown, takesData: boolean): string {
		if (Array.isArray(value)) return 'array';
		if (value instanceof Registry) return 'Registry';
		if (typeof value !== 'object' || value === null) return typeof value;
		if ('labelNames' in value && 'get' in value) return 'metric';
		return takesData ? 'data' : 'object';
	}

	function wrap(name: string, call: Call, on: unknown, takesData = false): Call {
		return (...values) => {
			const texts = /\.(labels|remove)$/.test(name) && values.every((v) => typeof v === 'string');
			const kinds = values.map((value) => kindOf(value, takesData)).join(', ');
			note(`${name}(${texts && values.length > 0 ? '...string' : kinds})`);
			if (takesData) noteKeys(DATA[name.split('.').at(-1) as string] as string, values[0]);
			const result = within(() => Reflect.apply(call, on, values));
			return watched(name, result);
		};
	}

	/** What a call gave, watched in turn. */
	function watched(name: string, result: unknown): unknown {
		if (name.endsWith('.startTimer')) return wrap(`${name}().end`, result as Call, undefined);
		if (name.endsWith('.labels'))
			return watch(result as object, name.replace('.labels', '.Internal'));
		if (result instanceof Registry) return watch(result, 'Registry');
		if (result instanceof Promise) void result.then(noteObjects, () => undefined);
		else noteObjects(result);
		return result;
	}

	function noteObjects(result: unknown): void {
		for (const object of Array.isArray(result) ? (result as unknown[]) : [result]) {
			if (typeof object !== 'object' || object === null || !('name' in object)) continue;
			for (const owner of ['MetricObject', 'MetricObjectWithValues']) noteKeys(owner, object);
		}
	}

	/** Puts a watching method in front of each of an object's. */
	function watch<T extends object>(object: T, owner: string): T {
		if (known.has(object)) return object;
		known.add(object);
		const takesData = 'enableExemplars' in object && object.enableExemplars === true;
		for (const [key, property] of inherited(object)) {
			const name = key === 'clusterMetrics' ? `AggregatorRegistry.${key}` : `${owner}.${key}`;
			const { value, get } = property as { value?: unknown; get?: () => unknown };
			if (typeof value === 'function') {
				const data = takesData && key in DATA;
				Object.defineProperty(object, key, { value: wrap(name, value as Call, object, data) });
			} else if (get) {
				const read = () => (note(name), Reflect.apply(get, object, []) as unknown);
				Object.defineProperty(object, key, { get: read });
			}
		}
		return object;
	}

	function watchClass(name: string, constructor: object): object {
		return new Proxy(constructor, {
			construct(target, values: unknown[]) {
				note(name);
				note(`new ${name}(${values.map((value) => kindOf(value, false)).join(', ')})`);
				const isMetric = KINDS.includes(name);
				if (isMetric) noteKeys(`${name}Configuration`, values[0]);
				const made = within(() => Reflect.construct(target as new () => object, values) as object);
				return watch(made, isMetric ? name : 'Registry');
			},
			get(target, key) {
				const value: unknown = Reflect.get(target, key);
				if (typeof key === 'symbol' || key === 'prototype') return value;
				const member = `${name}.${key}`;
				if (typeof value === 'function') return wrap(member, value as Call, target);
				note(member);
				return value;
			}
		});
	}

	const { collectDefaultMetrics } = client;
	watch(client.register, 'Registry');
	const functions: Record<string, unknown> = {
		collectDefaultMetrics: new Proxy(collectDefaultMetrics, {
			apply(target, on, values: unknown[]) {
				noteKeys('DefaultMetricsCollectorConfiguration', values[0]);
				return wrap('collectDefaultMetrics', target as Call, on)(...values);
			},
			get(target, key) {
				note(`collectDefaultMetrics.${String(key)}`);
				return Reflect.get(target, key);
			}
		})
	};
	for (const name of CLASSES) {
		functions[name] = watchClass(name, client[name as 'Counter']);
	}
	return new Proxy(client, {
		get(target, key: string) {
			if (key in functions) return functions[key];
			const value: unknown = Reflect.get(target, key);
			note(key);
			return typeof value === 'function' ? wrap(key, value as Call, target) : value;
		}
	});
}

/** Methods and getters of an object, its own and those of its classes; the nearest of each name. */
function inherited(object: object): Map<string, PropertyDescriptor> {
	const found = new Map<string, PropertyDescriptor>();
	for (let at: unknown = object; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
		const properties = Object.entries(Object.getOwnPropertyDescriptors(at));
		for (const [key, property] of properties) {
			const isMember = typeof property.value === 'function' || property.get;
			if (key !== 'constructor' && isMember && !found.has(key)) found.set(key, property);
		}
	}
	return found;
}
