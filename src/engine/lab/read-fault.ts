import type { Fault } from '#engine/sim';
import { instanceName, type ServiceSpec } from './world.ts';
import type { YamlValue } from './yaml-reader.ts';

type FaultReader = (value: YamlValue, service: ServiceSpec) => Fault;

const READERS: ReadonlyMap<string, FaultReader> = new Map([
	['crash', readCrash],
	['error_burst', readErrorBurst],
	['slow_dependency', readSlowDependency],
	['lost_scrape', readLostScrape],
	['outbound_cut', readOutboundCut]
]);

const KINDS = [...READERS.keys()].join(', ').replace(/, (?=[^,]*$)/, ' and ');

/** A fault such as `crash: { … }`, its moment counted from the start of the world; undefined when it is none. */
export function readFault(value: YamlValue, service: ServiceSpec): Fault | undefined {
	const variant = value.variant();
	const read = READERS.get(variant?.name ?? '');
	if (variant && read) return read(variant.value, service);
	value.fail(
		variant ? `"${variant.name}" is no fault: known are ${KINDS}` : `a fault is one of ${KINDS}`
	);
	return undefined;
}

function readCrash(value: YamlValue, service: ServiceSpec): Fault {
	const { at, instance, down_for } = value.fields('at', 'instance', 'down_for');
	return {
		kind: 'crash',
		at: at.duration(),
		instance: readInstance(instance, service),
		downFor: down_for.duration()
	};
}

function readErrorBurst(value: YamlValue): Fault {
	const { at, for: length, share, endpoint } = value.fields('at', 'for', 'share', 'endpoint');
	return {
		kind: 'error-burst',
		at: at.duration(),
		for: length.duration(),
		share: share.share(),
		...(endpoint.exists && { endpoint: endpoint.text() })
	};
}

function readSlowDependency(value: YamlValue): Fault {
	const fields = value.fields('at', 'for', 'factor', 'dependency');
	return {
		kind: 'slow-dependency',
		at: fields.at.duration(),
		for: fields.for.duration(),
		factor: fields.factor.number(),
		dependency: fields.dependency.text()
	};
}

function readLostScrape(value: YamlValue, service: ServiceSpec): Fault {
	const { at, for: length, instance } = value.fields('at', 'for', 'instance');
	return {
		kind: 'lost-scrape',
		at: at.duration(),
		for: length.duration(),
		...(instance.exists && { instance: readInstance(instance, service) })
	};
}

function readOutboundCut(value: YamlValue): Fault {
	const { at, for: length } = value.fields('at', 'for');
	return { kind: 'outbound-cut', at: at.duration(), for: length.duration() };
}

/** An instance of the learner's service, written as its number. */
function readInstance(value: YamlValue, service: ServiceSpec): string {
	const number = value.integer(1);
	if (number > service.instances) {
		value.fail(`there is no instance ${number}: the service has ${service.instances}`);
	}
	return instanceName(service, number);
}
