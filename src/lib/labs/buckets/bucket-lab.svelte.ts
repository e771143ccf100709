import { createRandom } from '#engine/sim';
import {
	classicEstimate,
	classicQuantile,
	observe,
	sumByLe,
	type ClassicBuckets,
	type Estimate
} from './classic.ts';
import { drawCrowd, drawFleet, trueQuantile } from './crowd.ts';
import { fitDomain, type Domain } from './density.ts';
import { addEdge, edgeAfter, moveEdge, removeEdge, type Edges } from './edges.ts';
import { SKETCH_DOMAIN } from './guess.ts';
import { GuessGame, hiddenTraffic } from './guess-game.svelte.ts';
import { drawIncident, readIncident } from './incident.ts';
import { LIMITS, limited, START, type Knobs } from './knobs.ts';
import { classicCost, nativeCost } from './ledger.ts';
import {
	atSchema,
	cumulativeBuckets,
	nativeEstimate,
	observeNative,
	quantileOfNative
} from './native.ts';
import { drawWindows, samplingBand } from './sampling.ts';
import { TRAFFIC_PRESETS, trafficOf, type Traffic } from './traffic.ts';
import {
	budgetRows,
	fleetVerdict,
	isWithinBudget,
	promiseVerdict,
	reading,
	readings,
	type Reading
} from './verdict.ts';

/** The kinds of traffic that the budget mode looks at. */
const BUDGET_TRAFFIC = ['shop', 'cache', 'cliff'];

/**
 * The bucket lab: its knobs, and what follows from them. Requests are drawn and sorted when traffic changes; all that hangs on an edge
 * is found in them by binary search, so it follows the hand.
 */
export class BucketLab {
	knobs = $state.raw<Knobs>(START);
	/** The edge that buttons and fields are about, by its place. */
	selected = $state(3);
	readonly guess = new GuessGame();
	/** The axis while something is dragged: it must not slide away under the hand. */
	#held = $state.raw<Domain>();

	readonly edges = $derived(this.knobs.edges);
	readonly q = $derived(this.knobs.q);
	readonly objective = $derived(this.knobs.objective);
	readonly mode = $derived(this.knobs.mode);
	readonly seed = $derived(this.knobs.seed);
	readonly #requests = $derived(this.knobs.requests);
	readonly #slowShare = $derived(this.knobs.slowShare);
	readonly schema = $derived(this.knobs.schema);
	readonly #isFleet = $derived(this.mode === 'fleet');
	readonly isHidden = $derived(this.mode === 'guess' && !this.guess.isRevealed);
	readonly traffic: Traffic = $derived(
		this.mode === 'guess' ? hiddenTraffic(this.seed, this.knobs.round) : this.knobs.traffic
	);

	readonly crowd = $derived(
		this.#isFleet ? drawFleet(this.#slowShare, this.seed) : drawCrowd(this.traffic, this.seed)
	);
	readonly buckets = $derived(
		sumByLe(this.crowd.instances.map((sorted) => observe(sorted, this.edges)))
	);
	readonly truth = $derived(trueQuantile(this.q, this.crowd.all));
	readonly estimate = $derived(classicEstimate(this.q, this.buckets));
	readonly readings = $derived(readings(this.buckets, this.crowd.all));
	readonly #windows = $derived(
		drawWindows(this.#requests, createRandom(this.seed).fork('windows'))
	);
	readonly band = $derived(samplingBand(this.q, this.buckets, this.#windows));

	readonly #finest = $derived(observeNative(this.crowd.all));
	readonly native = $derived(atSchema(this.#finest, this.schema));
	readonly nativeEstimate = $derived(nativeEstimate(this.q, this.native));
	readonly nativeReadings: readonly Reading[] = $derived(
		this.readings.map(({ q, truth }) => reading(q, quantileOfNative(q, this.native), truth))
	);

	/** What the plots are about: the native histogram in its mode, else the classic buckets. */
	readonly isNative = $derived(this.mode === 'native');
	readonly seen: Estimate = $derived(this.isNative ? this.nativeEstimate : this.estimate);
	readonly seenBuckets: ClassicBuckets = $derived(
		this.isNative ? cumulativeBuckets(this.native) : this.buckets
	);
	readonly reading = $derived(reading(this.q, this.seen.value, this.truth));

	readonly cost = $derived(classicCost(this.edges.length, this.knobs));
	readonly nativeCost = $derived(nativeCost(this.knobs));
	readonly promise = $derived(
		promiseVerdict(
			{ q: this.q, objective: this.objective, edges: this.edges },
			this.crowd.all,
			this.buckets
		)
	);
	readonly fleet = $derived(fleetVerdict(this.q, this.crowd));
	readonly #budgetCrowds = $derived(
		TRAFFIC_PRESETS.filter(({ id }) => BUDGET_TRAFFIC.includes(id)).map(({ id, label }) => ({
			label,
			sorted: drawCrowd(trafficOf(id), this.seed).all
		}))
	);
	readonly budget = $derived(budgetRows(this.edges, this.#budgetCrowds));
	readonly isWithinBudget = $derived(isWithinBudget(this.edges, this.budget));
	readonly #incidentDrawn = $derived(drawIncident(this.traffic, this.seed));
	readonly incident = $derived(readIncident(this.#incidentDrawn, this.edges, this.q));

	readonly domain = $derived(
		this.mode === 'guess'
			? SKETCH_DOMAIN
			: (this.#held ?? fitDomain(this.crowd.all, [...this.edges, this.objective]))
	);

	/** What the plots' histogram says of any quantile. */
	seenQuantile(q: number): number {
		return this.isNative ? quantileOfNative(q, this.native) : classicQuantile(q, this.buckets);
	}

	/** Holds the axis where it is, while something is dragged. */
	hold(): void {
		this.#held = this.domain;
	}

	release(): void {
		this.#held = undefined;
	}

	set(patch: Partial<Knobs>): void {
		const { seed, round } = this.knobs;
		this.knobs = { ...this.knobs, ...patch };
		// Other requests are hidden now: a sketch of those before says nothing of them.
		if (seed !== this.knobs.seed || round !== this.knobs.round) this.guess.beginAgain();
		this.selected = Math.min(this.selected, this.edges.length - 1);
	}

	setTraffic(patch: Partial<Traffic>): void {
		this.set({ traffic: { ...this.knobs.traffic, ...patch } });
	}

	/** Milliseconds, to three digits. */
	setMedian(median: number): void {
		this.setTraffic({ median: limited(Number(median.toPrecision(3)), LIMITS.median) });
	}

	/** Another kind of traffic, as a whole; the objective stays where it is. */
	useTraffic(id: string): void {
		this.set({ traffic: trafficOf(id) });
	}

	useEdges(edges: Edges): void {
		this.set({ edges });
	}

	/** Moves an edge, as far as its neighbours let it. */
	moveEdge(at: number, to: number): void {
		this.selected = at;
		this.set({ edges: moveEdge(this.edges, at, to) });
	}

	/** Adds an edge there, and takes it up. */
	addEdge(at: number): void {
		const edges = addEdge(this.edges, at);
		this.set({ edges });
		const place = edges.findIndex((edge) => edge >= at * 0.999);
		if (place >= 0) this.selected = place;
	}

	/** Adds an edge in the gap after the one that is taken up. */
	addEdgeAfterSelected(): void {
		this.addEdge(edgeAfter(this.edges, this.selected));
	}

	/** Another round of guessing, with other hidden traffic. */
	nextRound(): void {
		this.set({ round: limited(this.knobs.round + 1, LIMITS.round) });
	}

	removeEdge(at: number): void {
		this.set({ edges: removeEdge(this.edges, at) });
	}

	setQ(q: number): void {
		this.set({ q: limited(Number(q.toFixed(3)), LIMITS.q) });
	}

	setObjective(objective: number): void {
		this.set({ objective: limited(Number(objective.toPrecision(3)), LIMITS.objective) });
	}
}
