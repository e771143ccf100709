import type { Timestamp } from '#engine/model';
import { ArrivalProcess } from './arrivals.ts';
import { latencySampler, weightedIndex, type LatencyModel } from './latency.ts';
import type { RandomSource } from './random.ts';
import type { RateProfile } from './rate-profile.ts';
import type { SimRequest } from './runner.ts';
import { zipfSampler } from './zipf.ts';

/** The crowd in front of a service, as plain data. */
export interface TrafficSpec {
	readonly rate: RateProfile;
	readonly routes: readonly RouteSpec[];
	/** A thousand users with exponent 1 when left out. */
	readonly users?: UserPopulation;
}

/** One thing that users do, and what truly comes of it. */
export interface RouteSpec {
	readonly method: string;
	/** A template: `/api/orders/{id}`. Each placeholder is filled with a number. It names the endpoint. */
	readonly path: string;
	/** How often, against the weights of the other routes. */
	readonly weight: number;
	/** How long the work takes. */
	readonly latency: LatencyModel;
	/** Share of requests, 0 to 1, that are answered 404. */
	readonly notFound?: number;
	/** Share of requests, 0 to 1, whose work throws. */
	readonly errors?: number;
	/** Message of what is thrown: `internal error` when left out. */
	readonly error?: string;
	/** Status of a success: 200 when left out. */
	readonly status?: number;
	/** How many different numbers fill a placeholder: 10,000 when left out. */
	readonly ids?: number;
	/** What the work waits for: a slow dependency of this name slows it down. */
	readonly dependency?: string;
}

/** Users numbered from 1; user k is k^-exponent times as active as user 1. */
export interface UserPopulation {
	readonly count: number;
	readonly exponent: number;
}

/** A request as it leaves the user: it has no id and no instance yet. */
export interface SimRequestDraft extends Omit<SimRequest, 'id'> {
	readonly dependency?: string;
}

/** The requests that arrive, drawn on demand. One spec and one seed give one history. */
export interface Traffic {
	/**
	 * The requests that arrive in [from, until), in order. Slices must follow each other; how time is cut into them makes
	 * no difference to what arrives.
	 */
	arrivals(from: Timestamp, until: Timestamp): SimRequestDraft[];
	/** Requests per second at a moment, the multiplier included: what the crowd means to do. */
	rate(t: Timestamp): number;
	/** Follows another profile from the end of the last slice on. Its moments count from the start of the traffic. */
	setRate(profile: RateProfile): void;
	/** Multiplies the rate from the end of the last slice on; 1 to begin with, 0 for silence. */
	setMultiplier(multiplier: number): void;
}

const DEFAULT_USERS: UserPopulation = { count: 1000, exponent: 1 };
const DEFAULT_IDS = 10_000;

/**
 * The traffic of a spec, whose moments count from `start`. Every aspect draws from a stream of its own, so changing one
 * leaves the others as they were.
 */
export function createTraffic(
	spec: TrafficSpec,
	random: RandomSource,
	start: Timestamp = 0
): Traffic {
	const process = new ArrivalProcess(spec.rate, random.fork('arrivals'));
	const routes = spec.routes.map((route) => requestMaker(route, random));
	const users = spec.users ?? DEFAULT_USERS;
	const pickUser = zipfSampler(users.count, users.exponent, random.fork('users'));
	const pickRoute = weightedIndex(
		spec.routes.map((route) => route.weight),
		random.fork('routes')
	);
	const arrive = (at: Timestamp) => (routes[pickRoute()] as RequestMaker)(start + at, pickUser());
	return {
		arrivals: (from, until) => process.between(from - start, until - start).map(arrive),
		rate: (t) => process.rate(t - start),
		setRate: (profile) => process.setProfile(profile),
		setMultiplier: (multiplier) => process.setMultiplier(multiplier)
	};
}

type RequestMaker = (at: Timestamp, user: number) => SimRequestDraft;

function requestMaker(route: RouteSpec, random: RandomSource): RequestMaker {
	const own = random.fork(`${route.method} ${route.path}`);
	const { method, path: endpoint, dependency } = route;
	const path = pathFiller(endpoint, route.ids ?? DEFAULT_IDS, own.fork('ids'));
	const work = latencySampler(route.latency, own.fork('work'));
	const outcome = outcomePicker(route, own.fork('outcome'));
	return (at, user) => ({
		at,
		method,
		path: path(),
		endpoint,
		user,
		work: work(),
		outcome: outcome(),
		dependency
	});
}

function pathFiller(template: string, ids: number, random: RandomSource): () => string {
	const [first = '', ...rest] = template.split(/\{[^}]*\}/);
	if (rest.length === 0) return () => template;
	return () => rest.reduce((path, part) => path + (1 + Math.floor(random() * ids)) + part, first);
}

function outcomePicker(route: RouteSpec, random: RandomSource): () => SimRequest['outcome'] {
	const success = { status: route.status ?? 200 };
	const notFound = { status: 404 };
	const thrown = { throws: route.error ?? 'internal error' };
	const errors = route.errors ?? 0;
	const misses = errors + (route.notFound ?? 0);
	return () => {
		const luck = random();
		if (luck < errors) return thrown;
		return luck < misses ? notFound : success;
	};
}
