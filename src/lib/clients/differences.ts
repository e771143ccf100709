import { HISTOGRAMS } from './differences/histograms.ts';
import { KINDS } from './differences/kinds.ts';
import { LABELS } from './differences/labels.ts';
import { NAMES } from './differences/names.ts';
import { PAGES } from './differences/pages.ts';

/**
 * What one client makes of a program. In all texts but the program, « and » stand around what the other client has otherwise.
 * A program that stops has an error and none of the pages.
 */
export interface ClientSide {
	/** Without the lines that make a service of it: `start_http_server` and a `handle`. */
	readonly program: string;
	/** The message with which it stops. */
	readonly error?: string;
	/** /metrics as a browser gets it, in the text format. */
	readonly page?: string;
	/** /metrics as Prometheus gets it, which says what it reads in its Accept header; told where that page is of interest. */
	readonly toPrometheus?: string;
	/** What is stored after one scrape, a series a line, without the labels of the target. */
	readonly stored?: string;
}

/** One thing that prometheus_client 0.26 and prom-client 15 do otherwise. Code stands between backticks in its sentences. */
export interface ClientDifference {
	/** Of its place in a page. */
	readonly id: string;
	readonly title: string;
	/** What each of them does, and when. */
	readonly about: string;
	/** What follows for queries and for what is stored. */
	readonly follows: string;
	/** With the `_created` series of Python, which the programs otherwise run without. */
	readonly withCreated?: true;
	readonly python: ClientSide;
	readonly typescript: ClientSide;
}

/** Differences of one kind. */
export interface DifferenceGroup {
	readonly id: string;
	readonly title: string;
	readonly differences: readonly ClientDifference[];
}

/** All that is told of the clients' differences. A test runs every program and compares every line. */
export const DIFFERENCE_GROUPS: readonly DifferenceGroup[] = [
	{ id: 'pages', title: 'What is on the page', differences: PAGES },
	{ id: 'names', title: 'Names of metrics', differences: NAMES },
	{ id: 'labels', title: 'Labels', differences: LABELS },
	{ id: 'histograms', title: 'Histograms', differences: HISTOGRAMS },
	{ id: 'kinds', title: 'Other kinds', differences: KINDS }
];
